using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Simulator;

/// <summary>
/// Which generated market an exchange had, and how far it was: with it the next start goes on with the same market, as an exchange does that
/// nobody can switch off.
/// </summary>
/// <param name="Seed">Of the market.</param>
/// <param name="Symbols">As <see cref="SimulatedExchangeOptions.SymbolCount"/>.</param>
/// <param name="StartMs">First minute of its history, UTC, Unix milliseconds.</param>
/// <param name="LiveFromMs">First live moment of its first start.</param>
/// <param name="NowMs">Market time when it was kept.</param>
internal sealed record MarketMemory(
    [property: JsonRequired] long Seed, [property: JsonRequired] int Symbols, [property: JsonRequired] long StartMs, [property: JsonRequired] long LiveFromMs,
    [property: JsonRequired] long NowMs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What a file holds; null when it is not there.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static MarketMemory? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<MarketMemory>(File.ReadAllText(path), Json) ?? throw new JsonException("null");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"'{path}' is no file of --state ({wrong.Message}); delete it for a new market", wrong);
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        var fresh = path + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(fresh, JsonSerializer.Serialize(this, Json));
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The market of a first start.</summary>
    public static MarketMemory Of(long seed, int symbols, long liveFromMs) =>
        new(seed, symbols, Markets.FirstMs(symbols, liveFromMs), liveFromMs, liveFromMs);

    /// <summary>An exchange that goes on with it.</summary>
    public SimulatedExchangeOptions GoOn(SimulatedExchangeOptions options) => options with
    {
        Seed = Seed,
        Symbols = Symbols > 0 ? Market.SymbolUniverse.Of(Seed, Symbols, LiveFromMs) : null,
        SymbolCount = Symbols,
        MarketStartMs = StartMs,
        StartAtMs = NowMs,
    };

    /// <summary>Why it cannot be gone on with as it was asked for; null when it can.</summary>
    public string? Refusal(long? seed, int? symbols) =>
        seed is { } other && other != Seed ? string.Create(CultureInfo.InvariantCulture, $"--seed was {other}, the market of --state has {Seed}; leave it out, or delete the file")
        : symbols is { } count && count != Symbols ? string.Create(CultureInfo.InvariantCulture, $"--symbols was {count}, the market of --state has {Symbols}; leave it out, or delete the file")
        : null;
}
