using CoPilot.PlainSignalR;

// One node, no backplane, nothing kept: the floor under what SignalR costs.
//
//   dotnet CoPilot.PlainSignalR.dll [--urls=http://127.0.0.1:0] [--OthersOnly=true] [--Inline=true]
//
// Inline: Kestrel hands nothing over between threads. With DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 these are the settings of a node of CoPilot on Redis.
//
// Prints `ready PORT` once it serves, and ends by SIGTERM.

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = builder.Configuration.GetValue<bool>("Inline"));
builder.Services.AddSignalR();
builder.Services.AddSingleton(new PlainOptions(builder.Configuration.GetValue<bool>("OthersOnly")));

await using var app = builder.Build();
app.MapHub<PlainHub>("/hubs/plain");
await app.StartAsync();
Console.WriteLine($"ready {new Uri(app.Urls.First()).Port}");
await app.WaitForShutdownAsync();
