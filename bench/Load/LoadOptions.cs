using System.Globalization;

namespace FuturesBot.Bench.Load;

/// <summary>What a load is to be like.</summary>
/// <param name="Symbols">Symbols that close at once.</param>
/// <param name="Hours">Market hours, four closing times each.</param>
/// <param name="AzuriteBlobPort">Blob port of an Azurite on this machine, the other two follow it; 0: everything in memory.</param>
internal sealed record LoadOptions(int Symbols, int Hours, int AzuriteBlobPort)
{
    public const string Usage = "load [--symbols 5…800] [--hours 1…200] [--azurite BLOBPORT]";

    /// <summary>Null when the words are none of <see cref="Usage"/>.</summary>
    public static LoadOptions? Parse(IReadOnlyList<string> words)
    {
        var options = new LoadOptions(Symbols: 500, Hours: 12, AzuriteBlobPort: 0);
        for (var i = 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count || !int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out var value)) return null;
            switch (words[i])
            {
                case "--symbols" when value is >= 5 and <= 800: options = options with { Symbols = value }; break;
                case "--hours" when value is >= 1 and <= 200: options = options with { Hours = value }; break;
                case "--azurite" when value is >= 1 and <= 65_533: options = options with { AzuriteBlobPort = value }; break;
                default: return null;
            }
        }

        return options;
    }
}
