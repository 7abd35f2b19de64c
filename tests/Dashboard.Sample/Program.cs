using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Sample;

// The page for work on its look: dotnet run --project tests/Dashboard.Sample -- 8080 [kernel]
// Without "kernel" everything is invented; with it the real kernel lives on a generated market.
var port = args.Length > 0 ? int.Parse(args[0]) : 8080;
var invented = new SampleSource(seed: 7, TimeProvider.System);
var kernel = args.Contains("kernel") ? new KernelRun(seed: 42, SampleSource.StartMs / 86_400_000 * 86_400_000, TimeProvider.System) : null;
if (kernel is not null)
{
    kernel.Page.Replaying = true;
    kernel.Minutes(45 * 1_440);
    kernel.Page.Replaying = false;
}

await using var app = DashboardHost.Create(
    kernel is null ? invented : kernel.Page, new DashboardOptions { Port = port });
await app.StartAsync();
Console.WriteLine($"http://localhost:{port} (sample data; Ctrl-C ends it)");
using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
for (var quarter = 0; await ticks.WaitForNextTickAsync(); quarter = (quarter + 1) % 4)
{
    invented.Advance(15_000);
    kernel?.Show((quarter + 1) / 4.0);
    if (quarter == 3) kernel?.Minutes(1);
}
