using CoPilot.PlainSignalR;

// One node, no backplane, nothing kept: the floor under what SignalR costs.
//
//   dotnet CoPilot.PlainSignalR.dll [--urls=http://127.0.0.1:0] [--OthersOnly=true]
//
// Prints `ready PORT` once it serves, and ends by SIGTERM.

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSignalR();
builder.Services.AddSingleton(new PlainOptions(builder.Configuration.GetValue<bool>("OthersOnly")));

await using var app = builder.Build();
app.MapHub<PlainHub>("/hubs/plain");
await app.StartAsync();
Console.WriteLine($"ready {new Uri(app.Urls.First()).Port}");
await app.WaitForShutdownAsync();
