using CoPilot.Generate;

// Run from anywhere inside the repository: the solution file marks its root.
var root = new DirectoryInfo(Environment.CurrentDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "CoPilot.sln")))
{
    root = root.Parent;
}

if (root is null)
{
    Console.Error.WriteLine("Run this inside the repository.");
    return 1;
}

File.WriteAllText(Path.Combine(root.FullName, TypeScriptWire.Path), TypeScriptWire.Generate());
Console.WriteLine($"Wrote {TypeScriptWire.Path}");
return 0;
