using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>What has to be known of a recording before it is replayed: whose book it is, and its grid of prices.</summary>
internal sealed class DepthRecordingSurvey : DepthRecordingPass
{
    private readonly List<Symbol> _symbols = [];

    private DepthRecordingSurvey()
    {
    }

    /// <summary>Symbols with depth updates, in the order of their first one.</summary>
    public IReadOnlyList<Symbol> Symbols => _symbols;

    /// <summary>The greatest step that divides all prices, units of 10⁻⁸ quote; 0 when there is none.</summary>
    public long TickSize { get; private set; }

    /// <exception cref="KlineFileException">The file cannot be opened, is damaged or cut short.</exception>
    public static DepthRecordingSurvey Of(string path, CancellationToken cancel)
    {
        var survey = new DepthRecordingSurvey();
        survey.Read(path, cancel);
        return survey;
    }

    protected override void OnUpdate(Symbol symbol, DepthUpdate update)
    {
        if (!_symbols.Contains(symbol)) _symbols.Add(symbol);
        Refine(update.Bids);
        Refine(update.Asks);
    }

    protected override void OnSnapshot(DepthSnapshot snapshot)
    {
        Refine(snapshot.Bids);
        Refine(snapshot.Asks);
    }

    protected override void OnFault(string reason)
    {
    }

    private void Refine(ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (TickSize == 1 || (TickSize > 0 && level.Price % TickSize == 0)) continue;
            var (larger, smaller) = (level.Price, TickSize);
            while (smaller > 0) (larger, smaller) = (smaller, larger % smaller);
            TickSize = larger;
        }
    }
}
