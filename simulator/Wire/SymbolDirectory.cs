using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Finds symbols by what a call sent.</summary>
internal sealed class SymbolDirectory
{
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, int> _pairs;

    public SymbolDirectory(IMarket market)
    {
        Wires = [.. market.Symbols.Select(symbol => new SymbolWire(symbol))];
        _places = Enumerable.Range(0, Wires.Count).ToDictionary(at => Wires[at].Name, StringComparer.Ordinal);
        _pairs = Enumerable.Range(0, Wires.Count).Where(at => Wires[at].Symbol.DeliveryMs == MarketSymbol.NeverMs)
            .ToDictionary(at => Wires[at].Symbol.Pair, StringComparer.Ordinal);
    }

    /// <summary>All of them, in the market's order.</summary>
    public IReadOnlyList<SymbolWire> Wires { get; }

    public int PlaceOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>The call's <c>symbol</c>, which must be there.</summary>
    public Refusal? Needed(Parameters parameters, out int symbol)
    {
        symbol = -1;
        return parameters.Text("symbol", out var name) is { } missing ? missing
            : _places.TryGetValue(name, out symbol) ? null
            : Refusal.UnknownSymbol;
    }

    /// <summary>The call's <c>symbol</c>; −1 when it asks for all.</summary>
    public Refusal? Optional(Parameters parameters, out int symbol)
    {
        symbol = -1;
        return parameters.Has("symbol") ? Needed(parameters, out symbol) : null;
    }

    /// <summary>The perpetual contract of the call's <c>pair</c>.</summary>
    public Refusal? Pair(Parameters parameters, out int symbol)
    {
        symbol = -1;
        return parameters.Text("pair", out var name) is { } missing ? missing
            : _pairs.TryGetValue(name, out symbol) ? null
            : Refusal.UnknownSymbol;
    }
}
