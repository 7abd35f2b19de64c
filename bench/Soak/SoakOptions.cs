using System.Globalization;

namespace FuturesBot.Bench.Soak;

/// <summary>What a soak is to be like.</summary>
/// <param name="Minutes">Wall time.</param>
/// <param name="Symbols">Symbols that are followed, all frames and books of each.</param>
/// <param name="Speed">Market time per wall time.</param>
/// <param name="Seed">Of the market and of its faults.</param>
internal sealed record SoakOptions(double Minutes, int Symbols, double Speed, long Seed)
{
    public const string Usage = "soak [--minutes 0.2…10000] [--symbols 5…800] [--speed 0.5…60] [--seed N]";

    /// <summary>Null when the words are none of <see cref="Usage"/>.</summary>
    public static SoakOptions? Parse(IReadOnlyList<string> words)
    {
        var options = new SoakOptions(Minutes: 5, Symbols: 300, Speed: 1, Seed: 1);
        for (var i = 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count || !double.TryParse(words[i + 1], CultureInfo.InvariantCulture, out var value)) return null;
            switch (words[i])
            {
                case "--minutes" when value is >= 0.2 and <= 10_000: options = options with { Minutes = value }; break;
                case "--symbols" when value is >= 5 and <= 800: options = options with { Symbols = (int)value }; break;
                case "--speed" when value is >= 0.5 and <= 60: options = options with { Speed = value }; break;
                case "--seed" when value is >= 0 and <= int.MaxValue: options = options with { Seed = (long)value }; break;
                default: return null;
            }
        }

        return options;
    }
}
