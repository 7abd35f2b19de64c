using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Sample;

// The page for work on its look, over invented data: dotnet run --project tests/Dashboard.Sample -- 8080
var port = args.Length > 0 ? int.Parse(args[0]) : 8080;
var invented = new SampleSource(seed: 7, TimeProvider.System, trades: 150);
await using var app = DashboardHost.Create(SampleSources.Of(invented), new DashboardOptions { Port = port });
await app.StartAsync();
Console.WriteLine($"http://localhost:{port} (sample data; Ctrl-C ends it)");
using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
while (await ticks.WaitForNextTickAsync()) invented.Advance(15_000);
