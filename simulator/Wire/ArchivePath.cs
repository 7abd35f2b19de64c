using System.Globalization;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// Addresses of the public archive:
/// <c>/data/futures/um/{daily|monthly}/{kind}/{SYMBOL}/[{interval}/]{SYMBOL}-{interval|kind}-YYYY-MM[-DD].zip[.CHECKSUM]</c>.
/// </summary>
internal static class ArchivePath
{
    public const string Root = "/data/futures/um/";

    private const string Checksum = ".CHECKSUM";
    private const string Zip = ".zip";

    private static readonly (string Folder, ArchiveKind Kind, bool HasInterval)[] Kinds =
    [
        ("klines", ArchiveKind.Klines, true),
        ("markPriceKlines", ArchiveKind.MarkPriceKlines, true),
        ("indexPriceKlines", ArchiveKind.IndexPriceKlines, true),
        ("aggTrades", ArchiveKind.AggTrades, false),
        ("metrics", ArchiveKind.Metrics, false),
        ("fundingRate", ArchiveKind.FundingRate, false),
    ];

    /// <param name="path">From the root of the server on.</param>
    /// <param name="placeOf">Finds a symbol's place; −1 when there is none.</param>
    /// <param name="key">What is asked for.</param>
    /// <param name="isChecksum">Its checksum instead of itself.</param>
    public static bool TryParse(string path, Func<string, int> placeOf, out ArchiveKey key, out bool isChecksum)
    {
        key = default;
        isChecksum = path.EndsWith(Checksum, StringComparison.Ordinal);
        if (!path.StartsWith(Root, StringComparison.Ordinal)) return false;
        var parts = path[Root.Length..(path.Length - (isChecksum ? Checksum.Length : 0))].Split('/');
        if (parts.Length is not (4 or 5) || parts[0] is not ("daily" or "monthly")) return false;
        var (_, kind, hasInterval) = Array.Find(Kinds, known => known.Folder == parts[1]);
        if (hasInterval != (parts.Length == 5) || Array.TrueForAll(Kinds, known => known.Folder != parts[1])) return false;

        var symbol = placeOf(parts[2]);
        var interval = KlineInterval.M1;
        var type = hasInterval ? parts[3] : parts[1];
        if (symbol < 0 || (hasInterval && !KlineIntervals.TryParse(type == "1mo" ? "1M" : type, out interval))) return false;

        var monthly = parts[0] == "monthly";
        var opening = $"{parts[2]}-{type}-";
        var file = parts[^1];
        if (!file.StartsWith(opening, StringComparison.Ordinal) || !file.EndsWith(Zip, StringComparison.Ordinal)) return false;
        var date = file[opening.Length..^Zip.Length] + (monthly ? "-01" : "");
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
        key = new(symbol, kind, interval, day, monthly);
        return true;
    }
}
