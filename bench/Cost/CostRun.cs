using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.CloudCosts;

namespace FuturesBot.Bench.Cost;

/// <summary>
/// The verb <c>cost</c>: measures what <c>futuresbot cost</c> multiplies with prices, and says whether its promises hold. Five market
/// hours from 23:00 UTC on hold a closing of each kind: one of 1d, one of 4h, three of 1h, fifteen of 15m alone.
/// </summary>
internal sealed class CostRun(int blobPort, IReadOnlyList<int> sizes, int hours, string? target)
{
    private const int ColdRounds = 4;

    public const string Usage = "cost --azurite BLOBPORT [--symbols 20,50,200,500] [--hours 5] [--out core/Engine/CloudCosts/measured.json]";

    private Dictionary<string, double> _answer = [];

    /// <summary>Null when the words are none of <see cref="Usage"/>.</summary>
    public static CostRun? Parse(IReadOnlyList<string> words)
    {
        var (port, sizes, hours, target) = (0, new[] { 20, 50, 200, 500 }, 5, (string?)null);
        for (var i = 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count) return null;
            switch (words[i])
            {
                case "--azurite" when int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65_533: break;
                case "--hours" when int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out hours) && hours is >= 5 and <= 48: break;
                case "--out": target = words[i + 1]; break;
                case "--symbols":
                    sizes = [.. words[i + 1].Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0).Order()];
                    if (sizes.Length < 2 || sizes[0] < 5 || sizes[^1] > 800) return null;
                    break;
                default: return null;
            }
        }

        return port == 0 ? null : new(port, sizes, hours, target);
    }

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var measured = new List<MeasuredSize>();
        foreach (var symbols in sizes) measured.Add(await SizeAsync(symbols, cancel));
        var periodic = await PeriodicAsync(cancel);
        var run = new MeasuredRun
        {
            MeasuredOn = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machine = $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}",
            Hours = hours,
            Sizes = measured,
            Periodic = periodic,
            Answer = new() { Name = "answers", IsFunction = false, PerHour = periodic.Sum(one => one.Commands * one.PerHour), Operations = _answer },
        };
        if (target is not null) await File.WriteAllTextAsync(target, run.ToJson(), cancel);
        else Console.WriteLine(run.ToJson());

        var holds = true;
        foreach (var claim in CostModel.ClaimsOf(run, new()))
        {
            holds &= claim.Holds;
            Say($"{(claim.Holds ? "holds" : "MISSED")}: {claim.Text}: {claim.Value:0.00} of {claim.Limit:0.00} ({claim.Why})");
        }

        return holds ? 0 : 1;
    }

    private async Task<MeasuredSize> SizeAsync(int symbols, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var prefix = Name(symbols);
        using var system = await CostSystem.BeginAsync(CostPart.Endpoints(blobPort), prefix, symbols, cancel);
        Say($"{symbols} symbols: past stored and kernel built in {clock.Elapsed.TotalSeconds:0.0} s");
        var closings = new List<MeasuredClosing>();
        for (var i = 0; i < hours * 4; i++) closings.Add(await system.CloseAsync(cancel));

        _answer = await system.AnswerAsync(cancel);

        // The last ones are taken in by processes that know nothing.
        var cold = await LeastAsync(async () =>
        {
            await system.PublishAsync(cancel);
            return await CostPart.StartAsync("close", blobPort, prefix, 1, cancel);
        });
        var size = new MeasuredSize
        {
            Symbols = symbols,
            KernelBytes = await system.KernelBytesAsync(cancel),
            ColdCpuSeconds = Math.Round(cold.CpuSeconds, 3),
            ColdPeakMib = Math.Round(cold.PeakMib),
            ColdOperations = cold.Operations,
            Closings = [.. closings.GroupBy(one => one.Kind).OrderBy(kind => kind.Min(one => one.Count)).Select(kind => Mean([.. kind]))],
            FirstHour = CostOperations.FirstHour(closings),
        };
        var usual = size.Closings.First(one => one.Kind == "15m");
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{symbols} symbols: a closing of 15m takes {usual.FunctionCpuSeconds:0.000} s of processor warm and {size.ColdCpuSeconds:0.00} s from nothing "
            + $"({size.ColdPeakMib:0} MiB), {usual.Batches:0.0} batches, {usual.FunctionOperations.Values.Sum() + usual.SidecarOperations.Values.Sum():0} operations; "
            + $"state {size.KernelBytes / 1048576:0.0} MiB; {closings.Sum(one => one.Starts):0} signals in {hours} h; {clock.Elapsed.TotalSeconds:0} s"));
        return size;
    }

    private async Task<IReadOnlyList<MeasuredPeriodic>> PeriodicAsync(CancellationToken cancel)
    {
        var prefix = Name(sizes[0]);
        var account = new StorageAccount(CostPart.Endpoints(blobPort), StorageCredential.Azurite);
        var (beats, poison) = (new TableBeats(account, prefix), new TablePoisonShelf(account, prefix));
        var commands = account.Queue(CostFunctions.CommandsOf(prefix));
        async Task<Dictionary<string, double>> CountAsync(Func<Task> work)
        {
            var before = CostOperations.Of(account);
            await work();
            return CostOperations.Of(account).Since(before);
        }

        var signs = account.Table(MarketNames.Beats(prefix));
        await signs.CreateAsync(cancel);
        var bell = new CommandBell(account, prefix);
        var sign = new TableRow("leases", MarketNames.LeaseBlob).With("at", 0L);
        await signs.ApplyAsync(TableAction.Upsert(sign), cancel);
        var beat = await LeastAsync(() => CostPart.StartAsync("beat", blobPort, prefix, 0, cancel));
        var opening = beat.Operations.ToDictionary();
        opening["tables.write"] -= 2;
        Dictionary<string, double> Sending(double count) => CostOperations.Sum(opening, new Dictionary<string, double> { ["queues.send"] = count, ["tables.write"] = count });

        // Schedules are those of functions/Timers; of a day's commands an hour gets its share.
        const double quarter = (96 + 24 + 6 + 1 + 24 + 24) / 96.0;   // candles of each frame, symbols and gaps
        var cpu = Math.Round(beat.CpuSeconds, 3);
        var polls = new CommandReaderOptions();
        const double daily = 1 + 2 + (2 / 7.0) + 1;   // report, two summaries and a seventh of two more, retention
        return
        [
            new()
            {
                Name = "lease", IsFunction = false, PerHour = 3600 / new SidecarLeaseOptions().RenewEvery.TotalSeconds,
                Operations = await CountAsync(() => signs.ApplyAsync(TableAction.Update(sign), cancel)),
            },
            new()
            {
                // Every half minute, as the sidecar's PartsWatch does.
                Name = "watchdog", IsFunction = false, PerHour = 120,
                Operations = await CountAsync(async () =>
                {
                    await beats.WriteAsync(new("sidecar", 1), cancel);
                    await beats.ReadAsync(cancel);
                    await poison.ReadAsync(200, cancel);
                }),
            },
            new()
            {
                Name = "looks for commands", IsFunction = false, PerHour = 3600 / polls.PollEvery.TotalSeconds,
                Operations = await CountAsync(() => bell.MarkAsync(cancel)),
            },
            new()
            {
                // Of itself, and after the four timers; after closing times it is counted with them.
                Name = "looks into the command queue", IsFunction = false, PerHour = (3600 / polls.SweepEvery.TotalSeconds) + 4,
                Operations = await CountAsync(() => commands.ReceiveAsync(16, TimeSpan.FromSeconds(60), cancel)),
            },
            new()
            {
                // It gives the signs of life too.
                Name = "RefreshCandles", IsFunction = true, PerHour = 4,
                Operations = CostOperations.Sum(beat.Operations, new Dictionary<string, double> { ["queues.send"] = quarter, ["tables.write"] = quarter }), CpuSeconds = cpu, Commands = quarter,
            },
            new()
            {
                Name = "once a day", IsFunction = true, IsWatched = true, PerHour = daily / 24, Operations = Sending(2 / daily), CpuSeconds = cpu, Commands = 2 / daily,
            },
        ];
    }

    /// <summary>The one with the least processor time: whatever else the machine does can only add to it.</summary>
    private static async Task<CostPart> LeastAsync(Func<Task<CostPart>> start)
    {
        var parts = new List<CostPart>();
        for (var i = 0; i < ColdRounds; i++) parts.Add(await start());
        return parts.MinBy(part => part.CpuSeconds)!;
    }

    private static MeasuredClosing Mean(IReadOnlyList<MeasuredClosing> some)
    {
        double Of(Func<MeasuredClosing, double> of) => Math.Round(some.Average(of), 4);

        return new()
        {
            Kind = some[0].Kind,
            Count = some.Count,
            Batches = Of(one => one.Batches),
            BatchBytes = Of(one => one.BatchBytes),
            Commands = Of(one => one.Commands),
            SidecarOperations = CostOperations.Mean([.. some.Select(one => one.SidecarOperations)]),
            FunctionOperations = CostOperations.Mean([.. some.Select(one => one.FunctionOperations)]),
            SidecarCpuSeconds = Of(one => one.SidecarCpuSeconds),
            FunctionCpuSeconds = Of(one => one.FunctionCpuSeconds),
            FunctionWallSeconds = Of(one => one.FunctionWallSeconds),
            Starts = Of(one => one.Starts),
            Events = Of(one => one.Events),
            Activities = Of(one => one.Activities),
            Timers = Of(one => one.Timers),
            Spans = Of(one => one.Spans),
            LedgerBytes = Of(one => one.LedgerBytes),
        };
    }

    private static string Name(int symbols) => string.Create(CultureInfo.InvariantCulture, $"c{Environment.ProcessId}n{symbols}");

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
