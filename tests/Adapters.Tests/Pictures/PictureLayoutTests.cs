using FuturesBot.Adapters.Pictures;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Pictures;

public sealed class PictureLayoutTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void Apart_AnyPlaces_KeepGapOrderAndBounds(int seed)
    {
        var random = new Random(seed);
        var wanted = Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.NextDouble() * 500 - 50).ToArray();

        var places = LabelSpread.Apart(wanted, 42, 100, 460);

        var byWanted = Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).ThenBy(i => i).Select(i => places[i]).ToArray();
        for (var i = 1; i < byWanted.Length; i++) Assert.True(byWanted[i] - byWanted[i - 1] >= 42 - 1e-9, $"seed {seed}");
        Assert.All(places, place => Assert.InRange(place, 100 - 1e-9, 460 + 1e-9));
    }

    [Fact]
    public void Apart_EnoughRoom_ChangesNothing() => Assert.Equal([200, 100, 300], LabelSpread.Apart([200, 100, 300], 42, 0, 500));

    // Two in one place share the way: each gives 21.
    [Fact]
    public void Apart_SamePlace_PushesBothTheSame() => Assert.Equal([179, 221], LabelSpread.Apart([200, 200], 42, 0, 500));

    [Fact]
    public void Apart_TooMany_SaysSo() => Assert.Throws<ArgumentException>(() => LabelSpread.Apart([1, 2, 3], 42, 0, 50));

    [Theory, MemberData(nameof(Seeds))]
    public void Marks_OfAnyPlan_DoNotCoverEachOtherAndKeepTheirLines(int seed)
    {
        var side = seed % 2 == 0 ? Side.Long : Side.Short;
        var facts = PictureSamples.Facts(seed, side, stopShare: 0.0005 * (1 + (seed % 40)));

        var layout = new PictureLayout(facts);

        var labels = layout.Marks.Select(mark => mark.LabelY).Order().ToArray();
        for (var i = 1; i < labels.Length; i++) Assert.True(labels[i] - labels[i - 1] >= PictureLayout.LabelGap - 1e-9, $"seed {seed}");
        Assert.All(layout.Marks, mark => Assert.Equal(layout.Y((double)mark.Price), mark.LineY));
        Assert.All(layout.Marks, mark => Assert.InRange(mark.LineY, PictureLayout.Top, PictureLayout.Bottom));
        Assert.All(
            layout.Grid().Where(line => line.HasLabel),
            line => Assert.All(layout.Marks, mark => Assert.True(Math.Abs(mark.LabelY - line.Y) >= 30, $"seed {seed}")));
    }

    [Theory]
    [InlineData(Side.Long)]
    [InlineData(Side.Short)]
    public void Candles_OfAnySide_StandInsideThePlotAndInOrder(Side side)
    {
        var facts = PictureSamples.Facts(5, side);
        var layout = new PictureLayout(facts);

        for (var i = 0; i < facts.Bars.Count; i++)
        {
            Assert.InRange(layout.Y(facts.Bars[i].High), PictureLayout.Top, PictureLayout.Bottom);
            Assert.InRange(layout.Y(facts.Bars[i].Low), layout.Y(facts.Bars[i].High), PictureLayout.Bottom);
            Assert.InRange(layout.X(i), 0, PictureLayout.Future);
        }

        Assert.InRange(layout.Times().Count(), 2, 5);
    }
}
