using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The strategies: switched on or off, how the market suits them now, what came of them.</summary>
internal sealed class StrategiesCommand(IChatBook book) : IChatCommand
{
    public string Name => "strategies";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Стратегии", "Strategies");

    public string About(Wording words) => words.Say("какие стратегии включены и что они дали", "which strategies run, and what came of them");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var w = call.Words;
        return Task.FromResult(new ChatAnswer
        {
            Head = Wording.Bold(w.Say("Стратегии, 30 дней", "Strategies, 30 days")),
            Entries = [.. book.Strategies().Select(note => Entry(note, w))],
            PerPage = 4,
            Foot = w.Say(
                "Вес — во сколько раз рынок меняет базовые очки стратегии. Включается стратегия в настройках бота, не в чате.",
                "Weight: how the market multiplies a strategy's base points. Strategies are switched in the bot's settings, not here."),
        });
    }

    private static string Entry(StrategyNote note, Wording w)
    {
        var frame = note.Frame is { } known ? ", " + w.Frame(known) : "";
        var head = $"{(note.Enabled ? "🟢" : "⚪️")} {Wording.Bold(w.Strategy(note.Name))}{frame}"
            + (note.Enabled ? "" : w.Say(" — выключена", " — off"));
        if (!note.Enabled && note.Trades.N == 0 && note.Signals == 0) return head;
        return $"{head}\n{Fit(note, w)}{w.Say("Сигналов", "Signals")}: {Wording.Whole(note.Signals)}\n{w.Say("Закрыто", "Closed")}: {ChatStatistics.Short(note.Trades, w)}";
    }

    private static string Fit(StrategyNote note, Wording w)
    {
        if (!note.Enabled) return "";
        if (note.Fit.Count == 0 && note.WithoutRegime == 0)
            return w.Say("Рынок: оценивает сама", "Market: judges by itself") + "\n";
        var weights = note.Fit.Select(fit => w.Say(
            $"вес {Wording.Plain(fit.Weight, 1)} — {w.Count(fit.Symbols, Noun.Symbol)}",
            $"weight {Wording.Plain(fit.Weight, 1)}: {w.Count(fit.Symbols, Noun.Symbol)}")).ToList();
        if (note.WithoutRegime > 0) weights.Add(w.Say(
            $"режим неизвестен — {w.Count(note.WithoutRegime, Noun.Symbol)}", $"regime unavailable: {w.Count(note.WithoutRegime, Noun.Symbol)}"));
        return w.Say("Рынок сейчас: ", "Market now: ") + string.Join(", ", weights) + "\n";
    }
}
