using System.Runtime.InteropServices;

namespace FuturesBot.Domain.Analysis;

/// <summary>What a volume profile says at one moment (spec 2.6). Prices in quote units.</summary>
/// <param name="Poc">Centre of the bin with the most volume; NaN when unavailable.</param>
/// <param name="Val">Lower edge of the value area; NaN when unavailable.</param>
/// <param name="Vah">Upper edge of the value area; NaN when unavailable.</param>
/// <param name="BinWidth">Width of one bin after merging.</param>
/// <param name="Total">Volume in the window, base units.</param>
/// <param name="Bins">Bins from the window's low to its high.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]   // no padding: its bytes go into snapshots
public readonly record struct ProfileReading(
    double Poc, double Val, double Vah, double BinWidth, double Total, int Bins)
{
    /// <summary>False while the window is not full, holds fewer than 10 bins or no volume.</summary>
    public bool IsAvailable => !double.IsNaN(Poc);

    /// <summary>Nothing to read.</summary>
    public static ProfileReading Unavailable(double binWidth, double total, int bins) =>
        new(double.NaN, double.NaN, double.NaN, binWidth, total, bins);
}
