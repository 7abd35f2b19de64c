namespace FuturesBot.Domain.Market;

/// <summary>What the formulas do with a <see cref="Side"/>.</summary>
public static class Sides
{
    /// <summary>+1 for long, −1 for short.</summary>
    public static int Sign(this Side side) => (int)side;

    public static Side Opposite(this Side side) => side == Side.Long ? Side.Short : Side.Long;

    /// <summary>The extreme against the position: low for long, high for short.</summary>
    public static double Adverse(this Side side, in Candle bar) => side == Side.Long ? bar.Low : bar.High;

    /// <summary>The extreme in the position's favour: high for long, low for short.</summary>
    public static double Favourable(this Side side, in Candle bar) => side == Side.Long ? bar.High : bar.Low;

    /// <summary>How far <paramref name="price"/> lies beyond <paramref name="level"/> in the side's direction.</summary>
    public static double Beyond(this Side side, double price, double level) => (int)side * (price - level);
}
