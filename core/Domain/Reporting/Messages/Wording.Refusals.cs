using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Reporting;

/// <summary>Why a setup was not traded, in everyday words.</summary>
public sealed partial class Wording
{
    /// <summary>Behind a count: дорого 2, конфликт 1.</summary>
    public string Refusal(string reason) =>
        Enum.TryParse<Refusal>(reason, out var known) && Enum.IsDefined(known) ? Refusal(known) : Text(reason, 40);

    /// <summary>Behind a count: дорого 2, конфликт 1.</summary>
    public string Refusal(Refusal reason) => reason switch
    {
        Risk.Refusal.ScoreTooLow => Say("слабая оценка", "weak score"),
        Risk.Refusal.TooFewFactors => Say("мало подтверждений", "too few factors"),
        Risk.Refusal.StopTooFar => Say("стоп далеко", "stop too far"),
        Risk.Refusal.StopTooWide => Say("стоп слишком широкий", "stop too wide"),
        Risk.Refusal.StopOnWrongSide => Say("стоп не с той стороны", "stop on the wrong side"),
        Risk.Refusal.CostTooHigh => Say("дорого", "too expensive"),
        Risk.Refusal.SpreadTooWide => Say("широкий спред", "wide spread"),
        Risk.Refusal.Missed => Say("цена ушла", "price has left"),
        Risk.Refusal.LiquidationTooNear => Say("ликвидация близко", "liquidation too near"),
        Risk.Refusal.FundingTooHigh => Say("дорогой фандинг", "funding too high"),
        Risk.Refusal.Conflict => Say("конфликт", "conflict"),
        Risk.Refusal.Locked => Say("сигнал уже был", "locked"),
        Risk.Refusal.StrategyBlocked => Say("стратегия занята", "strategy busy"),
        Risk.Refusal.CoolDown => Say("пауза после сигнала", "cool-down"),
        Risk.Refusal.OpposingPosition => Say("открыта обратная позиция", "opposite position open"),
        Risk.Refusal.BtcImpulse => Say("резкий ход BTC", "BTC impulse"),
        Risk.Refusal.TooManyPositions => Say("позиций уже много", "too many positions"),
        Risk.Refusal.OpenRiskTooHigh => Say("предел открытого риска", "open risk limit"),
        Risk.Refusal.CorrelatedCluster => Say("похожие пары уже в сделке", "correlated pairs open"),
        Risk.Refusal.DailyLossReached => Say("предел дня", "daily limit"),
        Risk.Refusal.WeeklyLossReached => Say("предел недели", "weekly limit"),
        Risk.Refusal.LosingStreak => Say("пауза после минусов", "losing streak pause"),
        Risk.Refusal.DrawdownReached => Say("предел просадки", "drawdown limit"),
        Risk.Refusal.SizeTooSmall => Say("размер слишком мал", "size too small"),
        Risk.Refusal.YoungEma200 => Say("EMA200 ещё не готова", "EMA200 not ripe"),
        Risk.Refusal.AfterGap => Say("после дыры в данных", "after a data gap"),
        Risk.Refusal.Disabled => Say("выключено", "switched off"),
        Risk.Refusal.Halted => Say("торговля остановлена", "trading halted"),
        Risk.Refusal.AlreadyFired => Say("уже срабатывал", "already fired"),
        _ => Say("без решения", "no verdict"),
    };
}
