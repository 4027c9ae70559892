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

Write(TypeScriptWire.Path, TypeScriptWire.Generate());
Write(ConfigurationReference.Path, ConfigurationReference.Generate());
return 0;

void Write(string path, string text)
{
    var file = Path.Combine(root.FullName, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
    Console.WriteLine($"Wrote {path}");
}
