using System.Text;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Backtesting;

/// <summary>A backtest in parts gives the same bytes wherever the parts are computed.</summary>
public sealed class PlannedBacktestTests
{
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly long Day = TimeFrame.D1.Ms();

    private static readonly KernelOptions Options = KernelOptions.Default with
    {
        Scoring = KernelOptions.Default.Scoring with { EntryThreshold = 2 },
        Risk = KernelOptions.Default.Risk with { CostMaxR = 1, OpenRiskMax = 0.2m },
    };

    private static readonly MemoryCandles Source = new(
        (new SeriesInfo(Symbol.Btc, TimeFrame.M15), GoldenMarket.Bars(96 * 60)), (new SeriesInfo(Eth, TimeFrame.M15), GoldenMarket.Bars(96 * 60)));

    private static readonly BacktestPlan Parted = new()
    {
        Symbols = [Symbol.Btc, Eth],
        FromMs = 20 * Day,
        ToMs = 60 * Day,
        GroupSize = 1,
        WindowDays = 15,
        WarmUpDays = 20,
    };

    [Fact]
    public void Merge_OfPartsFromManyMachinesInAnyOrder_HasTheBytesOfOneMachine()
    {
        var cancel = TestContext.Current.CancellationToken;
        var one = PlannedBacktest.Merge(Parted, PlannedBacktest.RunAll(Parted, Options, Source, new ManualTime(), cancel));

        // Each part on its own, over the wire, the last first.
        var travelled = Parted.Cells().Reverse()
            .Select(cell => PlannedBacktest.Write(PlannedBacktest.Run(Parted, cell.Index, Options, Source, TimeProvider.System, cancel)))
            .Select(bytes => PlannedBacktest.Read(bytes));
        var many = PlannedBacktest.Merge(Parted, travelled);

        Assert.Equal(6, Parted.Cells().Count);
        Assert.NotEmpty(one.Trades);
        Assert.Equal(one.Trades, many.Trades);
        Assert.Equal(Encoding.UTF8.GetString(one.Summary), Encoding.UTF8.GetString(many.Summary));
    }

    [Fact]
    public void Run_OverAMachineThatHasMoreThanThePartAsksFor_HasTheSameBytes()
    {
        var cancel = TestContext.Current.CancellationToken;
        var cell = Parted.Cells()[4];   // the last window: days 50 to 60, ripened from day 30
        var bars = GoldenMarket.Bars(96 * 60).Where(bar => bar.CloseTimeMs(TimeFrame.M15) > 30 * Day).ToArray();
        var less = new MemoryCandles((new SeriesInfo(Symbol.Btc, TimeFrame.M15), bars), (new SeriesInfo(Eth, TimeFrame.M15), bars));

        var narrow = PlannedBacktest.Write(PlannedBacktest.Run(Parted, cell.Index, Options, less, new ManualTime(), cancel));
        var wide = PlannedBacktest.Write(PlannedBacktest.Run(Parted, cell.Index, Options, Source, new ManualTime(), cancel));

        Assert.Equal(Encoding.UTF8.GetString(narrow), Encoding.UTF8.GetString(wide));
    }

    [Fact]
    public void Merge_OfAPlanWithOnePart_HasTheTradesOfThePlainBacktest()
    {
        var plan = Parted with { GroupSize = 0, WindowDays = 0, WarmUpDays = 0 };
        var plain = new BacktestRunner(Source, new ManualTime()).Run(
            new() { Options = Options, Symbols = plan.Symbols, FromMs = plan.FromMs, ToMs = plan.ToMs, Ledger = LedgerDepth.Off }, null, null, TestContext.Current.CancellationToken);
        using var trades = new MemoryStream();
        BacktestOutputs.WriteTrades(trades, plain);

        var merged = PlannedBacktest.Merge(plan, PlannedBacktest.RunAll(plan, Options, Source, new ManualTime(), TestContext.Current.CancellationToken));

        Assert.NotEmpty(plain.Trades);
        Assert.Equal(trades.ToArray(), merged.Trades);
    }

    [Fact]
    public void Merge_WithoutOneOfTheParts_SaysSo() =>
        Assert.Throws<InvalidDataException>(() => PlannedBacktest.Merge(Parted, []));
}
