using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// RSI, MACD, Bollinger, moving averages and stochastic vote; three of five that newly agree make a
/// setup (spec 1.12). Off by default.
/// </summary>
public sealed class IndicatorVote(IndicatorVoteOptions options) : IStrategy
{
    public const string CatalogName = "IndicatorVote";

    private static readonly SetupKind[] Kinds = SetupKind.BothSides(CatalogName);

    public string Name => CatalogName;

    public TimeFrame Frame => TimeFrame.M15;

    public void Evaluate(MarketView view, DecisionLog log)
    {
        foreach (var kind in Kinds) Ask(kind, view, log);
    }

    private void Ask(SetupKind kind, MarketView view, DecisionLog log)
    {
        log.Begin(kind);
        var side = kind.Side;
        var now = view.Votes.Now;
        if (!log.Has("five indicators", now.IsAvailable && view.Votes.Before.IsAvailable)) return;
        if (!log.AtLeast("votes for the side, of 5", now.For(side), options.VotesMin)) return;
        if (!log.Below("votes for the side one bar before", view.Votes.Before.For(side), options.VotesMin)) return;
        if (!log.Below("votes for the other side", now.For(side.Opposite()), now.For(side))) return;

        ref readonly var bar = ref view.M15.Bar;
        var key = new SetupKey(kind.Code, 0, bar.OpenTimeMs);
        if (!log.Settle(key)) return;
        log.Fire(new()
        {
            Kind = kind,
            Key = key,
            Frame = Frame,
            Category = EntryCategory.Breakout,
            SignalPrice = bar.Close,
            StopAnchor = bar.Close * (1 - (side.Sign() * options.StopFraction)),
            Atr = view.M15.Now.Atr,
            Base = options.Base,
        });
    }
}
