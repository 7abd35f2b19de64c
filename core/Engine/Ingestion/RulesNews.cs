using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Tells people that the exchange has changed its rules: one alert for each new set of rules, however often a symbol that
/// drains is tried again. Many at once are one matter. For one caller at a time.
/// </summary>
public sealed class RulesNews(IAlerts alerts, TimeProvider time)
{
    private const int Named = 5;

    private readonly Dictionary<Symbol, SymbolRules> _told = [];

    /// <summary>Tells what of this was not told yet.</summary>
    public void Tell(IReadOnlyList<ChangedRules> changed)
    {
        var news = changed.Where(one => _told.GetValueOrDefault(one.Listing.Symbol) != one.Listing.Rules).ToArray();
        foreach (var one in news) _told[one.Listing.Symbol] = one.Listing.Rules;
        if (news.Length == 0) return;

        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        alerts.Raise(new(
            AlertKind.Exchange, "rules",
            $"The exchange has changed the rules of {news.Length} symbol{(news.Length > 1 ? "s" : "")}: "
            + string.Join("; ", news.Take(Named).Select(one => $"{one.Listing.Symbol} {one.Text}")) + (news.Length > Named ? " …" : "")
            + ". New plans follow them; open signals keep theirs.",
            nowMs,
            new RulesAlert(nowMs, [.. news.Select(one => (one.Listing.Symbol.Name, one.Before, one.Listing.Rules))])));
    }
}
