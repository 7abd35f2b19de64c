using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class MarketStructureTests
{
    // With one bar on each side every other bar is a swing: lows 90, 92 and highs 100, 103 → HH and HL.
    private static readonly (double High, double Low, double Close)[] Rising =
    [
        (95, 93, 94), (92, 90, 91), (100, 96, 98), (96, 92, 94), (103, 98, 100), (100, 95, 97), (101, 96, 98),
    ];

    [Fact]
    public void Trend_HigherHighAndHigherLow_IsUp()
    {
        var (structure, _) = Run(Rising);

        Assert.Equal(StructureTrend.Up, structure.Trend);
        Assert.Equal(StructureBreakKind.None, structure.LastBreak.Kind);
    }

    [Fact]
    public void Trend_MirroredBars_IsDown()
    {
        var (structure, _) = Run([.. Rising.Select(b => (200 - b.Low, 200 - b.High, 200 - b.Close))]);

        Assert.Equal(StructureTrend.Down, structure.Trend);
    }

    [Fact]
    public void Update_CloseAboveTheLastSwingHighInAnUptrend_IsOneBos()
    {
        // The last swing high is 103 (bar 4, known at bar 5). Bar 7 closes at 104, bar 8 at 105: one break.
        var (structure, breaks) = Run([.. Rising, (105, 99, 104), (106, 103, 105)]);

        Assert.Equal(1, breaks);
        Assert.Equal(
            new StructureBreak(StructureBreakKind.Bos, Side.Long, 103, 7, 7 * TimeFrame.M15.Ms()),
            structure.LastBreak);
    }

    [Fact]
    public void Update_WickAboveTheLastSwingHigh_IsNoBreak()
    {
        var (structure, breaks) = Run([.. Rising, (105, 99, 103)]);

        Assert.Equal((0, StructureBreakKind.None), (breaks, structure.LastBreak.Kind));
    }

    [Fact]
    public void Update_CloseBelowTheLastSwingLowInAnUptrend_IsChoch()
    {
        // Bar 5 (low 95) becomes a swing low at bar 6; bar 7 closes below it.
        var (structure, breaks) = Run([.. Rising, (97, 90, 94)]);

        Assert.Equal(1, breaks);
        Assert.Equal((StructureBreakKind.Choch, Side.Short, 95.0),
            (structure.LastBreak.Kind, structure.LastBreak.Side, structure.LastBreak.Level));
    }

    [Fact]
    public void Update_SwingConfirmedByThisVeryBar_IsNotYetALevel()
    {
        // Bar 5 low 95 is confirmed by bar 6; if bar 6 itself closes below 95 it cannot: the level then is 92.
        var (structure, breaks) = Run([.. Rising[..6], (101, 96, 94)]);

        Assert.Equal((0, StructureBreakKind.None), (breaks, structure.LastBreak.Kind));
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new Both(),
            (both, bar) =>
            {
                both.Update(bar);
                return (both.Structure.Trend, both.Structure.LastBreak, both.Structure.NewBreak);
            },
            Hand.Walk(400, seed: 21));

    [Fact]
    public void LastBreak_OnAWalk_NamesBothKindsOnBothSides()
    {
        var both = new Both();
        var seen = new HashSet<(StructureBreakKind, Side)>();
        foreach (var bar in Hand.Walk(3000, seed: 2))
        {
            both.Update(bar);
            if (both.Structure.NewBreak) seen.Add((both.Structure.LastBreak.Kind, both.Structure.LastBreak.Side));
        }

        Assert.Equal(4, seen.Count);
    }

    private static (MarketStructure Structure, int Breaks) Run((double High, double Low, double Close)[] bars)
    {
        var swings = new SwingDetector(wing: 1);
        var structure = new MarketStructure();
        var breaks = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            var bar = Hand.Bar(i, bars[i].Close, bars[i].High, bars[i].Low, bars[i].Close);
            swings.Update(bar);
            structure.Update(bar, swings);
            if (structure.NewBreak) breaks++;
        }

        return (structure, breaks);
    }

    private sealed class Both : IStateful
    {
        private readonly SwingDetector _swings = new(2);

        public MarketStructure Structure { get; } = new();

        public void Update(Candle bar)
        {
            _swings.Update(bar);
            Structure.Update(bar, _swings);
        }

        public void Carry(StateCarrier carrier)
        {
            _swings.Carry(carrier);
            Structure.Carry(carrier);
        }
    }
}
