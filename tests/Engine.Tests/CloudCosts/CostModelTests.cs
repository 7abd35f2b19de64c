using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.CloudCosts;
using Xunit;

namespace FuturesBot.Engine.Tests.CloudCosts;

public sealed class CostModelTests
{
    private const double Hours = 365 * 24 / 12.0;

    [Theory]
    [InlineData(0, 1.0)]        // a second at least
    [InlineData(0.4, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(1.01, 1.1)]     // then tenths, begun ones whole
    [InlineData(1.1, 1.1)]
    [InlineData(2.3, 2.3)]      // no step more because of how 2.3 is written in binary
    [InlineData(2.31, 2.4)]
    public void BilledSeconds_ASecondThenTenths(double active, double billed) => Assert.Equal(billed, CostModel.BilledSeconds(active), 9);

    [Theory]
    // A quarter of a core takes four times as long for 0.5 s; 20 operations of 10 ms are waited for on any core.
    [InlineData(512, 2.2)]
    [InlineData(2048, 0.7)]
    [InlineData(4096, 0.45)]
    public void ActiveSeconds_ProcessorIsStretchedAndWaitingIsNot(int memoryMb, double expected) =>
        Assert.Equal(expected, CostModel.ActiveSeconds(0.5, 20, memoryMb, new()), 9);

    [Fact]
    public void ReportOf_MadeUpRun_EqualsASecondComputation()
    {
        var run = MadeUp();
        var options = new CostOptions { Grants = new() { FunctionsGbSeconds = 100, FunctionsExecutions = 1_000 } };

        var report = CostModel.ReportOf(run, new() { Symbols = 150 }, options);

        // By hand: 150 lies in the middle of 100 and 200. An hour has 3 closings of 15m and 1 that is longer; all cost the same here.
        // A cold closing: 0.75 s of processor more than a warm one of 0.3 − 0.3 → 1.05 … see the numbers of MadeUp.
        var cold = (0.75 / 0.25) + ((30 + 10 - 10) * 0.010);                  // 3.3 s
        Assert.Equal(3.3, cold, 9);
        var closings = 4 * 3.3;
        var wakes = 8 * (3.3 + 1);                                             // an event each: the minute like a closing, the crossing a second
        var timers = 2 * 1.0;                                                  // 0.1 s at a quarter is 0.4 and 5 × 10 ms: a second
        var durable = ((4 * (1 + 2 + 1)) + 8 + (2 * 4 * 3)) * 1.0;             // starts, events, timers; crossings; each activity and the turn after it
        var gbSeconds = (closings + wakes + timers + durable) * 0.5 * Hours;
        AssertLine(report, "Functions, active memory", gbSeconds, (gbSeconds - 100) * 0.000026);

        var executions = (4 + (2 * 8) + 2 + (4 * (1 + 2 + 1 + 3)) + 8 + (4 * 3)) * Hours;
        AssertLine(report, "Functions, executions", executions, (executions - 1_000) * 0.40 / 1_000_000);

        // 10 table reads of the function and 2 of the sidecar a closing, 10 an event; 20 others because the instance starts; a timer has 5;
        // a minute is written and read.
        var tables = (4 * 12) + (8 * 10) + ((4 + 8) * 20) + (2 * 5) + (60 * 2);
        AssertLine(report, "Tables, operations", tables * Hours, tables * Hours / 10_000 * 0.00036);
        AssertLine(report, "Blobs, leases", 720 * Hours, 720 * Hours / 10_000 * 0.0043);

        // Two kinds of instances are woken by 4 closings and 8 events an hour, and stay 60 s, or 30 s longer until the minute of an event has
        // closed. Nobody is there for an event's sake for e^-0.2 of the hour, and for a closing's for 14/15 of it. Each of 2 timers has its own
        // minute. Each start has 12 operations, and a lock every 12 s.
        var (lonely, between) = (Math.Exp(-8 * 90 / 3600.0), 1 - (4 * 60 / 3600.0));
        var starts = (4 * lonely) + (8 * lonely * between);
        var there = 3600 * (1 - (lonely * between));
        var host = (((2 * starts) + 2) * 12) + (((2 * there) + (2 * 60)) / 12.0);
        AssertLine(report, "Functions host, locks and reads", host * Hours, host * Hours / 10_000 * 0.0043);
        AssertLine(report, "Functions host, blob writes", 0.5 * Hours, 0.5 * Hours / 10_000 * 0.054);   // one of the two timers, once in two hours
        AssertLine(report, "Queues, the scale controller's looks", 360 * Hours, 360 * Hours / 10_000 * 0.004);
        var polls = (there / 4) + ((4 + (2 * 8)) * 4.4);                       // every 4 s, and 4.4 more after each message
        AssertLine(report, "Queues, the host's polls", polls * Hours, polls * Hours / 10_000 * 0.004);
        // Of 3 sends a closing none is counted with an event; its crossing has three operations, its minute a send, the sidecar a look that it is rung for.
        var queues = (4 * 3) + (8 * (3 + 1 + 1));
        AssertLine(report, "Queues, operations", queues * Hours, queues * Hours / 10_000 * 0.004);
        AssertLine(report, "Durable tasks, the scale controller's looks", 360 * 4 * Hours, 360 * 4 * Hours / 10_000 * 0.004);
        var messages = (4 * (1 + 2 + 1 + (2 * 3))) + 8;                        // and the 8 crossings
        var queue = (messages * 3.8) + (starts * 11) + (there / 5 * 2);        // deadlines ring with closings; 2 queues are polled
        AssertLine(report, "Durable tasks, queue operations", queue * Hours, queue * Hours / 10_000 * 0.004);
        var durableTables = (messages * 2.3) + (360 * 2);
        AssertLine(report, "Durable tasks, table operations", durableTables * Hours, durableTables * Hours / 10_000 * 0.00036);
    }

    [Fact]
    public void ReportOf_Sidecar_IsActiveAllTheTimeAboveTheGrants()
    {
        var report = CostModel.ReportOf(MadeUp(), new() { Symbols = 100 }, new());

        var seconds = 0.25 * 730 * 3600;
        AssertLine(report, "Sidecar, cores", seconds, (seconds - 180_000) * 0.000024);
        AssertLine(report, "Sidecar, memory", 2 * seconds, ((2 * seconds) - 360_000) * 0.000003);
    }

    [Fact]
    public void ReportOf_GrantsAboveTheUse_CostNothing()
    {
        var grants = new CostGrants { FunctionsGbSeconds = 1e9, FunctionsExecutions = 1e9, ContainerCoreSeconds = 1e9, ContainerGibSeconds = 1e9, LogGb = 1e6 };

        var report = CostModel.ReportOf(MadeUp(), new() { Symbols = 100 }, new() { Grants = grants });

        Assert.All(report.Lines.Where(line => line.Group == CostGroup.Compute), line => Assert.Equal(0.0, line.Usd));
        Assert.Equal(0.0, report.Lines.Single(line => line.Name == "Log Analytics").Usd);
    }

    [Fact]
    public void ReportOf_Scheduler_IsALineOfItsOwn()
    {
        var with = CostModel.ReportOf(MadeUp(), new() { Symbols = 100, UsesScheduler = true }, new());
        var without = CostModel.ReportOf(MadeUp(), new() { Symbols = 100 }, new());

        var line = Assert.Single(with.Lines, one => one.Group == CostGroup.Scheduler);
        var actions = 4 * (1 + 2 + 2 + 1 + (2 * 3)) * Hours;   // an activity is two: asked for, answered; each event has its crossing
        Assert.Equal(actions, line.Quantity, 6);
        Assert.Equal(actions * 0.003, line.Usd, 6);
        Assert.Equal(with.TotalUsd, with.CoreUsd + line.Usd + with.Lines.Where(one => one.Group is CostGroup.Alerts or CostGroup.Logs).Sum(one => one.Usd), 9);
        Assert.DoesNotContain(without.Lines, one => one.Group == CostGroup.Scheduler);
        Assert.DoesNotContain(with.Lines, one => one.Name.StartsWith("Durable tasks", StringComparison.Ordinal));
        Assert.Contains(without.Lines, one => one.Name == "Durable tasks, queue operations");
    }

    [Fact]
    public void ReportOf_Choices_AreLinesOfTheirOwn()
    {
        var plain = CostModel.ReportOf(MadeUp(), new() { Symbols = 100, AlertRules = 0 }, new());
        var all = CostModel.ReportOf(
            MadeUp(), new() { Symbols = 100, AlertRules = 6, HasRegistry = true, HasStaticAddress = true, AlwaysReadyDurable = 1 }, new());

        Assert.Equal(365 / 12.0 * 0.167, Line(all, "Container Registry, Basic").Usd, 9);
        Assert.Equal(730 * 0.045, Line(all, "NAT gateway").Usd, 9);
        Assert.Equal(3.65, Line(all, "Public address").Usd, 9);
        Assert.Equal(6 * 1.50, Line(all, "Log alerts").Usd, 9);
        Assert.Equal(0.5 * 730 * 3600 * 0.000004, Line(all, "always-ready orchestrations").Usd, 9);
        Assert.DoesNotContain(plain.Lines, line => line.Group is CostGroup.Registry or CostGroup.Network or CostGroup.AlwaysReady);
        Assert.True(all.CoreUsd <= plain.CoreUsd, "choices are no part of compute, storage and queues");
    }

    [Fact]
    public void ReportOf_EveryStartApart_IsTheUpperEnd()
    {
        var expected = CostModel.ReportOf(MadeUp(), new() { Symbols = 150 }, new());
        var upper = CostModel.ReportOf(MadeUp(), new() { Symbols = 150, CountsStartsApart = true }, new());

        var host = (26 * 12) + (((2 * ((4 * 60) + (8 * 90))) + (2 * 60)) / 12.0);   // 12 starts of each kind, 2 timers
        AssertLine(upper, "Functions host, locks and reads", host * Hours, host * Hours / 10_000 * 0.0043);
        Assert.InRange(expected.CoreUsd, 0.95 * upper.CoreUsd, upper.CoreUsd);
    }

    [Fact]
    public void ClaimsOf_TheShippedHour_TellOfBothPlacesAndOfTheUpperEnd()
    {
        var claims = CostModel.ClaimsOf(MeasuredRun.Shipped(), new());

        Assert.Equal(4, claims.Count);
        Assert.Equal(2, claims.Count(claim => claim.Text.Contains("in storage", StringComparison.Ordinal)));
        Assert.True(claims[2].Value < claims[0].Value, "the scheduler is polled by nobody");
        Assert.Contains("line of its own", claims[2].Why, StringComparison.Ordinal);
        Assert.All([claims[0], claims[2]], claim => Assert.Contains("were every start of an instance one by itself", claim.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void ReportOf_AlwaysReadyOrchestrations_PollAllTheTimeOnTheirOwnAccount()
    {
        var plain = CostModel.ReportOf(MadeUp(), new() { Symbols = 100 }, new());
        var ready = CostModel.ReportOf(MadeUp(), new() { Symbols = 100, AlwaysReadyDurable = 1 }, new());

        var line = Line(ready, "always-ready orchestrations, polls");
        Assert.Equal((CostGroup.AlwaysReady, 3600 / 5.0 * 2 * Hours), (line.Group, line.Quantity));
        Assert.True(ready.CoreUsd < plain.CoreUsd);
    }

    [Fact]
    public void Assumptions_ThatHostJsonDecides_AreWhatItSays()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "host.json")));
        var extensions = host.RootElement.GetProperty("extensions");
        var durable = extensions.GetProperty("durableTask").GetProperty("storageProvider");
        var assumed = new CostAssumptions();

        Assert.False(durable.TryGetProperty("type", out _), "orchestrations are kept elsewhere than in storage: the costs' default is another");
        Assert.Equal(durable.GetProperty("partitionCount").GetInt32() + 1, assumed.DurableQueues);   // of control, and the one of work
        Assert.Equal(Seconds(durable.GetProperty("maxQueuePollingInterval")), assumed.DurablePollSeconds);
        Assert.Equal(Seconds(extensions.GetProperty("queues").GetProperty("maxPollingInterval")), assumed.HostPollSeconds);

        static double Seconds(JsonElement span) => TimeSpan.Parse(span.GetString()!, CultureInfo.InvariantCulture).TotalSeconds;
    }

    [Fact]
    public void HourOf_OnlyHours_HasTwentyFourClosingsADay()
    {
        var hour = CostModel.HourOf(MadeUp(), new() { Symbols = 100, Frames = [TimeFrame.H1, TimeFrame.D1] }, new());

        Assert.Equal(1.0, hour.Closings, 9);
    }

    [Fact]
    public void Shipped_SizesBetweenMeasuredOnes_AreNearTheLine()
    {
        var run = MeasuredRun.Shipped();
        Assert.Equal([20, 50, 200, 500], run.Sizes.Select(size => size.Symbols));
        var without = run with { Sizes = [.. run.Sizes.Where(size => size.Symbols != 200)] };

        var (drawn, measured) = (CostModel.HourOf(without, new() { Symbols = 200 }, new()), CostModel.HourOf(run, new() { Symbols = 200 }, new()));

        Assert.InRange(drawn.Operations.Values.Sum() / measured.Operations.Values.Sum(), 0.85, 1.15);
        Assert.InRange(drawn.KernelBytes / measured.KernelBytes, 0.85, 1.15);
    }

    [Fact]
    public void Shipped_EveryClosing_WasMeasuredWithEverySize() => Assert.All(
        MeasuredRun.Shipped().Sizes,
        size =>
        {
            Assert.Equal(["15m", "1d", "1h", "4h"], size.Closings.Select(one => one.Kind).Order(StringComparer.Ordinal));
            Assert.All(size.Closings, one => Assert.True(one.FunctionCpuSeconds > 0 && one.FunctionOperations.Count > 0 && one.Batches >= 1));
            Assert.True(size.ColdCpuSeconds > 0 && size.ColdOperations.Count > 0);
        });

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "host.json")) || !Directory.Exists(Path.Combine(folder, "core"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static CostLine Line(CostReport report, string name) => report.Lines.Single(line => line.Name == name);

    private static void AssertLine(CostReport report, string name, double quantity, double usd)
    {
        var line = Line(report, name);
        Assert.Equal(quantity, line.Quantity, 6);
        Assert.Equal(usd, line.Usd, 9);
    }

    /// <summary>Two sizes whose middle has round numbers.</summary>
    private static MeasuredRun MadeUp() => new()
    {
        MeasuredOn = "2026-01-01",
        Machine = "made up",
        Hours = 5,
        Sizes = [Size(100, 0.9), Size(200, 1.1)],
        Periodic =
        [
            new() { Name = "lease", IsFunction = false, PerHour = 720, Operations = Counts(("blobs.lease", 1)) },
            new() { Name = "timer", IsFunction = true, PerHour = 1.5, Operations = Counts(("tables.write", 5)), CpuSeconds = 0.1, Commands = 0.5 },
            new() { Name = "rare", IsFunction = true, IsWatched = true, PerHour = 0.5, Operations = Counts(("tables.write", 5)), CpuSeconds = 0.1 },
        ],
        Answer = new() { Name = "answers", IsFunction = false, PerHour = 1, Operations = Counts() },
    };

    private static MeasuredSize Size(int symbols, double by) => new()
    {
        Symbols = symbols,
        KernelBytes = 1e6 * by,
        ColdCpuSeconds = 0.75 * by,
        ColdOperations = Counts(("tables.read", 10 * by), ("tables.query", 20 * by)),
        Closings =
        [
            .. new[] { "15m", "1h", "4h", "1d" }.Select(kind => new MeasuredClosing
            {
                Kind = kind,
                Count = 1,
                Batches = 2,
                SidecarOperations = Counts(("tables.read", 2 * by)),
                FunctionOperations = Counts(("tables.read", 10 * by), ("queues.send", 3 * by)),
                FunctionCpuSeconds = 0.3 * by,
                Starts = 1,
                Events = 2,
                Activities = 3,
                Timers = 1,
            }),
        ],
    };

    private static Dictionary<string, double> Counts(params (string Name, double Count)[] counts) => counts.ToDictionary(one => one.Name, one => one.Count);
}
