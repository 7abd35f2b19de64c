using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// From measured operations to a month's bill. Pure. Between two measured sizes everything is taken to be linear in the number of
/// symbols; beyond them the last line is drawn on, and the report says so.
/// </summary>
public static class CostModel
{
    /// <summary>A month of the bill: 365 days in 12 parts.</summary>
    public const double HoursPerMonth = 730;

    /// <summary>Most US dollars a month for compute, storage and queues at <see cref="LimitSymbols"/> symbols.</summary>
    public const double LimitUsd = 15;

    public const int LimitSymbols = 200;

    /// <summary>How many times as much as 50 symbols 500 may cost.</summary>
    public const double GrowthMax = 1.1;

    private const double SecondsPerHour = 3600;
    private const double SecondsPerMonth = HoursPerMonth * SecondsPerHour;
    private const double HoursPerDay = 24;
    private const double MinutesPerHour = 60;

    // A level is crossed anywhere in its minute, and the minute wakes once more when it closes.
    private const double UntilTheMinuteCloses = 30;
    private const double Gb = 1e9;
    private const double DaysPerMonth = HoursPerMonth / HoursPerDay;

    // A candle in a bucket is 72 bytes; row and keys add to it, and a batch lies in its table for two days.
    private const double CandleBytes = 72 * 1.15;
    private const double BatchDays = 2;

    // The ledger is kept; a year of it is what is costed.
    private const double LedgerDays = 365;

    private static readonly (TimeFrame Frame, double PerDay)[] Frames =
        [(TimeFrame.M15, 96), (TimeFrame.H1, 24), (TimeFrame.H4, 6), (TimeFrame.D1, 1)];

    /// <summary>
    /// Seconds that are billed of one execution: a second at least, then in steps of a tenth.
    /// </summary>
    public static double BilledSeconds(double activeSeconds) => Math.Max(1, Math.Ceiling(Math.Round(activeSeconds * 10, 6)) / 10);

    /// <summary>
    /// How long an instance is at work: processor seconds stretched over its share of a core, and the waiting for storage, which no
    /// share of a core stretches.
    /// </summary>
    /// <param name="cpuSeconds">As measured on a whole core.</param>
    /// <param name="operations">Storage operations one after the other.</param>
    /// <param name="memoryMb">Of the instance: 2,048 MB are one core, and less or more in proportion.</param>
    /// <param name="assumed">Speed of a core, time of an operation.</param>
    public static double ActiveSeconds(double cpuSeconds, double operations, int memoryMb, CostAssumptions assumed) =>
        (cpuSeconds / (CoresOf(memoryMb) * assumed.CoreSpeed)) + (operations * assumed.StorageLatencyMs / 1000);

    /// <summary>Cores of an instance.</summary>
    public static double CoresOf(int memoryMb) => memoryMb / 2048.0;

    /// <summary>The mean hour at a number of symbols.</summary>
    public static MeasuredHour HourOf(MeasuredRun run, CostAsk ask, CostAssumptions assumed)
    {
        var (low, high, share) = Between(run.Sizes, ask.Symbols);
        var kinds = KindsPerHour(ask.Frames);
        double Sum(Func<MeasuredClosing, double> of) => kinds.Sum(kind => kind.PerHour * Mix(of(ClosingOf(low, kind.Kind)), of(ClosingOf(high, kind.Kind)), share));

        var operations = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in run.Sizes.SelectMany(size => size.Closings).SelectMany(one => one.SidecarOperations.Keys.Concat(one.FunctionOperations.Keys)).Distinct())
            Add(operations, name, Sum(one => one.SidecarOperations.GetValueOrDefault(name) + one.FunctionOperations.GetValueOrDefault(name)));
        foreach (var one in run.Periodic)
        {
            foreach (var (name, count) in one.Operations) Add(operations, name, count * one.PerHour);
        }

        foreach (var (name, count) in run.Answer.Operations) Add(operations, name, count * run.Answer.PerHour);
        var closings = kinds.Sum(kind => kind.PerHour);

        // Minutes of watched symbols, which the measured hours lack: each is written to the log and read there. Those that move a signal wake
        // the kernel, as the crossing of a level does a moment before; that is taken to be so for each event, and to cost what a closing of 15m
        // costs the function. The commands that follow an event are among those of the closing at which it was seen.
        var wakes = closings == 0 ? 0 : Sum(one => one.Events);
        Add(operations, "tables.transaction", MinutesPerHour);
        Add(operations, "tables.read", MinutesPerHour);
        foreach (var name in low.Closings.Concat(high.Closings).SelectMany(one => one.FunctionOperations.Keys).Distinct())
        {
            var one = Mix(
                ClosingOf(low, "15m").FunctionOperations.GetValueOrDefault(name), ClosingOf(high, "15m").FunctionOperations.GetValueOrDefault(name), share);
            if (one > 0 && name != "queues.send") Add(operations, name, wakes * one);
        }

        Add(operations, "queues.crossing", wakes * 3);   // the crossing's own message: sent, taken, deleted
        Add(operations, "queues.minute", wakes);         // the minute's is sent too; what takes it is counted above
        Add(operations, "queues.rung", wakes);            // and one look into the queue of commands
        var warm = closings == 0 ? 0 : Sum(one => one.FunctionCpuSeconds) / closings;
        var warmOperations = closings == 0 ? 0 : Sum(one => one.FunctionOperations.Values.Sum()) / closings;
        var quarter = Mix(ClosingOf(low, "15m").FunctionCpuSeconds, ClosingOf(high, "15m").FunctionCpuSeconds, share);
        var quarterOperations = Mix(ClosingOf(low, "15m").FunctionOperations.Values.Sum(), ClosingOf(high, "15m").FunctionOperations.Values.Sum(), share);
        var coldOperations = Mix(low.ColdOperations.Values.Sum(), high.ColdOperations.Values.Sum(), share);
        // What starting costs was measured with a closing of 15m; longer ones add what they add when warm.
        var timed = run.Periodic.Where(one => one.IsFunction).ToArray();
        foreach (var name in run.Sizes.SelectMany(size => size.ColdOperations.Keys).Distinct())
        {
            var more = Mix(low.ColdOperations.GetValueOrDefault(name), high.ColdOperations.GetValueOrDefault(name), share)
                - Mix(ClosingOf(low, "15m").FunctionOperations.GetValueOrDefault(name), ClosingOf(high, "15m").FunctionOperations.GetValueOrDefault(name), share);
            if (ask.AlwaysReadyEvents == 0 && more > 0) Add(operations, name, more * (closings + wakes));
        }

        return new()
        {
            Symbols = ask.Symbols,
            IsWithinMeasured = ask.Symbols >= run.Sizes[0].Symbols && ask.Symbols <= run.Sizes[^1].Symbols,
            Operations = operations,
            Closings = closings,
            Wakes = wakes,
            Batches = Math.Max(closings, Sum(one => one.Batches)),
            BatchBytes = Sum(one => one.BatchBytes),
            WarmCpuPerClosing = warm,
            WarmOperationsPerClosing = warmOperations,
            ColdCpuPerClosing = Math.Max(warm, warm + Mix(low.ColdCpuSeconds, high.ColdCpuSeconds, share) - quarter),
            ColdOperationsPerClosing = Math.Max(warmOperations, warmOperations + coldOperations - quarterOperations),
            Timers = timed,
            Starts = Sum(one => one.Starts),
            Events = Sum(one => one.Events),
            Activities = Sum(one => one.Activities),
            DurableTimers = Sum(one => one.Timers),
            Commands = Sum(one => one.Commands) + run.Periodic.Sum(one => one.Commands * one.PerHour),
            Spans = Sum(one => one.Spans),
            LedgerBytes = Sum(one => one.LedgerBytes),
            KernelBytes = Mix(low.KernelBytes, high.KernelBytes, share),
            SidecarCpuSeconds = Sum(one => one.SidecarCpuSeconds),
        };
    }

    /// <summary>A month's bill.</summary>
    public static CostReport ReportOf(MeasuredRun run, CostAsk ask, CostOptions options)
    {
        var hour = HourOf(run, ask, options.Assumed);
        var lines = new List<CostLine>();
        AddFunctions(lines, hour, ask, options);
        AddSidecar(lines, ask, options);
        AddStorage(lines, hour, ask, options);
        AddChoices(lines, hour, ask, options);
        return new(ask, hour, lines);
    }

    /// <summary>
    /// What the costs were promised to keep, with the choices that these promises are about, and with each of the two places where
    /// orchestrations can be kept.
    /// </summary>
    public static IReadOnlyList<CostClaim> ClaimsOf(MeasuredRun run, CostOptions options) =>
        [.. ClaimsOf(run, options, usesScheduler: false), .. ClaimsOf(run, options, usesScheduler: true)];

    private static IEnumerable<CostClaim> ClaimsOf(MeasuredRun run, CostOptions options, bool usesScheduler)
    {
        CostReport Of(int symbols, bool startsApart = false) =>
            ReportOf(run, new() { Symbols = symbols, UsesScheduler = usesScheduler, CountsStartsApart = startsApart }, options);
        var (few, usual, many) = (Of(50), Of(LimitSymbols), Of(500));
        var place = usesScheduler ? "the Durable Task Scheduler" : "storage";
        yield return new(
            FormattableString.Invariant($"{LimitSymbols} symbols in signals mode, orchestrations in {place}: compute, storage and queues, USD a month"),
            usual.CoreUsd, LimitUsd, Why(usual, Of(LimitSymbols, startsApart: true)));
        yield return new(
            FormattableString.Invariant($"500 symbols cost at most {GrowthMax} times as much as 50, orchestrations in {place}: compute, storage and queues"),
            many.CoreUsd / few.CoreUsd, GrowthMax, Heaviest(many));
    }

    /// <summary>What weighs most, what is left beside the sidecar, the upper end, and what the scheduler takes for itself.</summary>
    private static string Why(CostReport report, CostReport upper)
    {
        var sidecar = report.Lines.Where(line => line.Name.StartsWith("Sidecar", StringComparison.Ordinal)).Sum(line => line.Usd);
        var assumed = report.Lines.Where(line => line.Group <= CostGroup.Queues && line.Note.StartsWith("assumed", StringComparison.Ordinal)).Sum(line => line.Usd);
        var own = report.Lines.Where(line => line.Group == CostGroup.Scheduler).Sum(line => line.Usd);
        var ownLine = own > 0 ? FormattableString.Invariant($" The scheduler's own price is a line of its own, and {own:0.00} more.") : "";
        return FormattableString.Invariant(
            $"{Heaviest(report)}. The sidecar, always active, is {sidecar:0.00} of it and leaves {LimitUsd - sidecar:0.00}; {assumed:0.00} is what Azure is assumed to do by itself; were every start of an instance one by itself, it would be {upper.CoreUsd:0.00}.{ownLine}");
    }

    private static string Heaviest(CostReport report) => string.Join(", ", report.Lines
        .Where(line => line.Group <= CostGroup.Queues && line.Usd > 0.005).OrderByDescending(line => line.Usd).Take(4)
        .Select(line => FormattableString.Invariant($"{line.Name} {line.Usd:0.00}")));

    private static void AddFunctions(List<CostLine> lines, MeasuredHour hour, CostAsk ask, CostOptions options)
    {
        var (prices, assumed, gb) = (options.Prices, options.Assumed, ask.MemoryMb / 1024.0);
        var isWarm = ask.AlwaysReadyEvents > 0;
        var active = isWarm
            ? ActiveSeconds(hour.WarmCpuPerClosing, hour.WarmOperationsPerClosing, ask.MemoryMb, assumed)
            : ActiveSeconds(hour.ColdCpuPerClosing, hour.ColdOperationsPerClosing, ask.MemoryMb, assumed);
        // A crossing finds the instance that it has started there still, and so does the minute that follows it.
        var events = (hour.Closings * BilledSeconds(active)) + (hour.Wakes * (BilledSeconds(active) + BilledSeconds(0)));
        var timers = hour.Timers.Sum(one => one.PerHour * BilledSeconds(ActiveSeconds(one.CpuSeconds, one.Operations.Values.Sum(), ask.MemoryMb, assumed)));
        var turns = hour.Starts + hour.Events + hour.Wakes + hour.DurableTimers + hour.Activities;
        var durable = (turns + hour.Activities) * BilledSeconds(0);
        var (onDemand, ready) = (timers, 0.0);
        if (isWarm) ready += events;
        else onDemand += events;
        if (ask.AlwaysReadyDurable > 0) ready += durable;
        else onDemand += durable;

        var gbSeconds = onDemand * gb * HoursPerMonth;
        lines.Add(new(
            CostGroup.Compute, "Functions, active memory", gbSeconds, "GB-s", Above(gbSeconds, options.Grants.FunctionsGbSeconds) * prices.FunctionsMillionGbSeconds / 1e6,
            FormattableString.Invariant($"{events * gb * HoursPerMonth:0} batches, {timers * gb * HoursPerMonth:0} timers, {durable * gb * HoursPerMonth:0} orchestrations")));
        var executions = (hour.Closings + (2 * hour.Wakes) + hour.Timers.Sum(one => one.PerHour) + turns + hour.Activities) * HoursPerMonth;
        lines.Add(new(
            CostGroup.Compute, "Functions, executions", executions, "executions",
            Above(executions, options.Grants.FunctionsExecutions) * prices.FunctionsMillionExecutions / 1e6));
        AddReady(lines, "always-ready MarketEvents", ask.AlwaysReadyEvents, gb, options);
        AddReady(lines, "always-ready orchestrations", ask.AlwaysReadyDurable, gb, options);
        if (ready > 0)
        {
            lines.Add(new(
                CostGroup.AlwaysReady, "always-ready, active memory", ready * gb * HoursPerMonth, "GB-s", ready * gb * HoursPerMonth * prices.AlwaysReadyActiveMillionGbSeconds / 1e6,
                "no grants here"));
        }
    }

    private static void AddReady(List<CostLine> lines, string name, int count, double gb, CostOptions options)
    {
        if (count == 0) return;
        var locks = count * SecondsPerMonth / options.Assumed.HostLeaseSeconds;
        lines.Add(new(CostGroup.AlwaysReady, name, count, "instances", count * gb * SecondsPerMonth * options.Prices.AlwaysReadyMillionGbSeconds / 1e6));
        lines.Add(new(CostGroup.AlwaysReady, $"{name}, locks", locks, "operations", locks / 1e6 * options.Prices.BlobMillionOthers, "assumed"));
    }

    private static void AddSidecar(List<CostLine> lines, CostAsk ask, CostOptions options)
    {
        // Streams keep it above the idle rate's bounds (0.01 core, 1,000 B/s), so it is active all the time.
        var cores = ask.SidecarCores * SecondsPerMonth;
        var memory = ask.SidecarCores * 2 * SecondsPerMonth;
        lines.Add(new(
            CostGroup.Compute, "Sidecar, cores", cores, "vCPU-s", Above(cores, options.Grants.ContainerCoreSeconds) * options.Prices.ContainerMillionCoreSeconds / 1e6, "always active"));
        lines.Add(new(
            CostGroup.Compute, "Sidecar, memory", memory, "GiB-s", Above(memory, options.Grants.ContainerGibSeconds) * options.Prices.ContainerMillionGibSeconds / 1e6));
    }

    private static void AddStorage(List<CostLine> lines, MeasuredHour hour, CostAsk ask, CostOptions options)
    {
        var (prices, assumed) = (options.Prices, options.Assumed);
        double Of(Func<string, bool> which) => hour.Operations.Where(one => which(one.Key)).Sum(one => one.Value) * HoursPerMonth;
        double Millions(double count, double price) => count / 1e6 * price;

        var tables = Of(name => name.StartsWith("tables.", StringComparison.Ordinal));
        lines.Add(new(CostGroup.Storage, "Tables, operations", tables, "operations", Millions(tables, prices.TableMillionOperations)));
        var writes = Of(name => name is "blobs.write" or "blobs.append");
        lines.Add(new(CostGroup.Storage, "Blobs, writes", writes, "operations", Millions(writes, prices.BlobMillionWrites)));
        var reads = Of(name => name is "blobs.read");
        lines.Add(new(CostGroup.Storage, "Blobs, reads", reads, "operations", Millions(reads, prices.BlobMillionReads)));
        var lists = Of(name => name is "blobs.list" or "blobs.create");
        lines.Add(new(CostGroup.Storage, "Blobs, listings", lists, "operations", Millions(lists, prices.BlobMillionLists)));
        var leases = Of(name => name is "blobs.lease");
        if (leases > 0) lines.Add(new(CostGroup.Storage, "Blobs, leases", leases, "operations", Millions(leases, prices.BlobMillionOthers)));
        var hostWrites = hour.Timers.Where(one => one.IsWatched).Sum(one => one.PerHour) * HoursPerMonth * assumed.HostWritesPerTimer;
        lines.Add(new(CostGroup.Storage, "Functions host, blob writes", hostWrites, "operations", Millions(hostWrites, prices.BlobMillionWrites), "assumed"));
        var (starts, seconds) = MarketAwake(hour, ask, assumed) + TimersAwake(hour, assumed) + DurableAwake(hour, ask, assumed);
        var hostOthers = (starts * assumed.HostOperationsPerStart) + (seconds / assumed.HostLeaseSeconds);
        lines.Add(new(
            CostGroup.Storage, "Functions host, locks and reads", hostOthers * HoursPerMonth, "operations", Millions(hostOthers * HoursPerMonth, prices.BlobMillionOthers),
            FormattableString.Invariant($"assumed: {starts:0} starts of an instance an hour are expected")));

        var candles = ask.Symbols * Frames.Where(frame => ask.Frames.Contains(frame.Frame)).Sum(frame => frame.PerDay) * CandleBytes * ask.CandleDays / Gb;
        var batches = hour.BatchBytes * HoursPerDay * BatchDays / Gb;
        lines.Add(new(CostGroup.Storage, "Tables, stored", candles + batches, "GB", (candles + batches) * prices.TableGbMonth));
        var blobs = ((hour.LedgerBytes * HoursPerDay * LedgerDays) + hour.KernelBytes) / Gb;
        lines.Add(new(CostGroup.Storage, "Blobs, stored", blobs, "GB", blobs * prices.BlobGbMonth, "a year's ledger and the kernel's state"));

        var queues = Of(name => name.StartsWith("queues.", StringComparison.Ordinal));
        lines.Add(new(CostGroup.Queues, "Queues, operations", queues, "operations", Millions(queues, prices.QueueMillionOperations), "batches, commands, the sidecar's polls"));
        var looks = assumed.ScalePollsPerHour * assumed.ScaleOperationsPerLook * HoursPerMonth;
        lines.Add(new(CostGroup.Queues, "Queues, the scale controller's looks", looks, "operations", Millions(looks, prices.QueueMillionOperations), "assumed"));
        var polls = ((MarketAwake(hour, ask, assumed).SecondsPerHour / assumed.HostPollSeconds) + ((hour.Closings + (2 * hour.Wakes)) * assumed.HostPollsPerMessage)) * HoursPerMonth;
        var ready = SecondsPerHour / assumed.HostPollSeconds * HoursPerMonth;
        if (ask.AlwaysReadyEvents == 0)
            lines.Add(new(CostGroup.Queues, "Queues, the host's polls", polls, "operations", Millions(polls, prices.QueueMillionOperations), "assumed"));
        else
            lines.Add(new(CostGroup.AlwaysReady, "always-ready MarketEvents, polls", ready, "operations", Millions(ready, prices.QueueMillionOperations), "assumed"));
    }

    /// <summary>The function that takes batches in: woken at each closing time, and between two with a crossing and its minute.</summary>
    private static AwakeTime MarketAwake(MeasuredHour hour, CostAsk ask, CostAssumptions assumed) =>
        ask.AlwaysReadyEvents > 0 ? default : Awake(ask, hour.Closings, hour.Wakes, assumed);

    /// <summary>
    /// Orchestrations and activities, which have their instances together: woken with a closing time, where deadlines ring too
    /// (<see cref="Tracking.SignalTracking.GraceMs"/>), and with a crossing and its minute.
    /// </summary>
    private static AwakeTime DurableAwake(MeasuredHour hour, CostAsk ask, CostAssumptions assumed) =>
        ask.AlwaysReadyDurable > 0 ? default : Awake(ask, Math.Min(hour.Closings, hour.Starts + hour.Activities + hour.DurableTimers), hour.Wakes, assumed);

    /// <summary>Each timer has its own instance, which has long gone when it runs again.</summary>
    private static AwakeTime TimersAwake(MeasuredHour hour, CostAssumptions assumed) =>
        AwakeTime.Apart(hour.Timers.Sum(one => one.PerHour), assumed.InstanceLingerSeconds, 0, 0);

    private static AwakeTime Awake(CostAsk ask, double closings, double wakes, CostAssumptions assumed)
    {
        var (stay, longer) = (assumed.InstanceLingerSeconds, assumed.InstanceLingerSeconds + UntilTheMinuteCloses);
        return ask.CountsStartsApart ? AwakeTime.Apart(closings, stay, wakes, longer) : AwakeTime.Expected(closings, stay, wakes, longer);
    }

    private static void AddChoices(List<CostLine> lines, MeasuredHour hour, CostAsk ask, CostOptions options)
    {
        var (prices, assumed) = (options.Prices, options.Assumed);
        var messages = (hour.Starts + hour.Events + hour.Wakes + hour.DurableTimers + (2 * hour.Activities)) * HoursPerMonth;
        if (ask.UsesScheduler)
        {
            // Each start, activity, its result, timer and event is an action.
            lines.Add(new(
                CostGroup.Scheduler, "Durable Task Scheduler, actions", messages, "actions", messages / 1e6 * prices.SchedulerMillionActions,
                "a timer that is cancelled is counted too"));
        }
        else
        {
            var looks = assumed.ScalePollsPerHour * HoursPerMonth;
            var looked = looks * assumed.DurableQueues * assumed.DurableScaleOperationsPerQueue;
            lines.Add(new(CostGroup.Queues, "Durable tasks, the scale controller's looks", looked, "operations", looked / 1e6 * prices.QueueMillionOperations, "assumed"));
            var (starts, seconds) = DurableAwake(hour, ask, assumed);
            var idle = seconds / assumed.DurablePollSeconds * assumed.DurableQueues;
            if (ask.AlwaysReadyDurable > 0)
            {
                var polls = SecondsPerHour / assumed.DurablePollSeconds * assumed.DurableQueues * HoursPerMonth;
                lines.Add(new(CostGroup.AlwaysReady, "always-ready orchestrations, polls", polls, "operations", polls / 1e6 * prices.QueueMillionOperations, "assumed"));
            }

            var queue = (messages * assumed.DurableQueueOperationsPerMessage) + (((starts * assumed.DurableOperationsPerStart) + idle) * HoursPerMonth);
            var table = (messages * assumed.DurableTableOperationsPerMessage) + (looks * assumed.DurableScaleTableOperations);
            lines.Add(new(CostGroup.Queues, "Durable tasks, queue operations", queue, "operations", queue / 1e6 * prices.QueueMillionOperations, "assumed: messages and polls"));
            lines.Add(new(CostGroup.Storage, "Durable tasks, table operations", table, "operations", table / 1e6 * prices.TableMillionOperations, "assumed"));
        }

        // messages are a month's already; spans and executions an hour's.
        var turns = messages / HoursPerMonth;
        var logs = ((hour.Spans * assumed.BytesPerSpan) + assumed.MetricBytesPerHour
            + ((hour.Closings + (2 * hour.Wakes) + hour.Timers.Sum(one => one.PerHour) + turns) * assumed.BytesPerExecution)) * HoursPerMonth / Gb;
        lines.Add(new(CostGroup.Logs, "Log Analytics", logs, "GB", Above(logs, options.Grants.LogGb) * prices.LogGb, "spans measured, sizes assumed"));
        lines.Add(new(CostGroup.Alerts, "Log alerts", ask.AlertRules, "rules", ask.AlertRules * prices.AlertRuleMonth));
        if (ask.HasRegistry) lines.Add(new(CostGroup.Registry, "Container Registry, Basic", DaysPerMonth, "days", DaysPerMonth * prices.RegistryDay));
        if (ask.HasStaticAddress)
        {
            lines.Add(new(CostGroup.Network, "NAT gateway", HoursPerMonth, "hours", HoursPerMonth * prices.NatHour));
            lines.Add(new(CostGroup.Network, "Public address", 1, "addresses", prices.AddressMonth));
            lines.Add(new(CostGroup.Network, "Load balancer of the environment", 1, "balancers", prices.LoadBalancerMonth, "not verified"));
            var traffic = ask.Symbols * assumed.StreamGbPerSymbol;
            lines.Add(new(CostGroup.Network, "NAT gateway, traffic", traffic, "GB", traffic * prices.NatGb, "assumed: streams and history"));
        }
    }

    /// <summary>Closing times an hour by the longest frame that closes, of those asked for.</summary>
    private static List<(string Kind, double PerHour)> KindsPerHour(IReadOnlyList<TimeFrame> frames)
    {
        var kinds = new List<(string, double)>();
        var longer = 0.0;
        foreach (var (frame, perDay) in Frames.Reverse())
        {
            if (!frames.Contains(frame)) continue;
            kinds.Add((frame.Code(), (perDay - longer) / HoursPerDay));
            longer = perDay;
        }

        return kinds;
    }

    private static MeasuredClosing ClosingOf(MeasuredSize size, string kind) =>
        size.Closings.FirstOrDefault(one => one.Kind == kind)
        ?? throw new InvalidDataException($"No closing of {kind} was measured with {size.Symbols} symbols; measure again: dotnet run --project bench -c Release -- cost");

    private static (MeasuredSize Low, MeasuredSize High, double Share) Between(IReadOnlyList<MeasuredSize> sizes, int symbols)
    {
        if (sizes.Count < 2) throw new InvalidDataException("Two sizes at least have to be measured");
        var at = 1;
        while (at < sizes.Count - 1 && sizes[at].Symbols < symbols) at++;
        var (low, high) = (sizes[at - 1], sizes[at]);
        return (low, high, (symbols - low.Symbols) / (double)(high.Symbols - low.Symbols));
    }

    // Drawn on below the smallest size a line may fall below nothing.
    private static double Mix(double low, double high, double share) => Math.Max(0, low + ((high - low) * share));

    private static double Above(double quantity, double grant) => Math.Max(0, quantity - grant);

    private static void Add(SortedDictionary<string, double> counts, string name, double count) => counts[name] = counts.GetValueOrDefault(name) + count;
}
