using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>How a <see cref="Bias"/> relates to a trade.</summary>
public static class Biases
{
    /// <summary>The bias leans the way of the trade.</summary>
    public static bool Favours(this Bias bias, Side side) => (int)bias == side.Sign();

    /// <summary>The bias leans against the trade; neutral opposes nothing.</summary>
    public static bool Opposes(this Bias bias, Side side) => (int)bias == -side.Sign();
}
