using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Why there was no signal: every check with its number, the nearest to firing first.</summary>
internal sealed class WhyCommand(IChatBook book) : IChatCommand
{
    private const int RefusedShown = 3;

    // A question has some fifteen checks; more than this would not fit a message.
    private const int ChecksMax = 40;

    public string Name => "why";

    public string Usage(Wording words) => words.Say("<пара>", "<pair>");

    public string Title(Wording words) => words.Say("Почему нет сигнала", "Why no signal");

    public string About(Wording words) => words.Say("почему по паре нет сигнала: все проверки с числами", "why a pair has no signal: every check with its number");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (!ChatArguments.TrySymbol(call, 0, book, this, out var symbol, out var fault)) return Task.FromResult(fault!);
        var w = call.Words;
        if (book.Why(symbol) is not { } why) return Task.FromResult(ChatAnswer.Of(w.Say("За этой парой бот больше не следит", "The bot does not watch this pair any more")));
        var rules = book.Listings.First(listing => listing.Symbol == symbol).Rules;
        var blocks = Blocks(why, book.Status().Halt, w).ToArray();
        string[] paragraphs =
        [
            $"{Wording.Bold(Wording.Text(symbol.Name))} · {Wording.Price(why.LastPrice, rules)}\n{Regime(why, w)}",
            blocks.Length == 0 ? "" : string.Join('\n', blocks.Select(line => "🔒 " + line)),
            why.Refused.Count == 0 ? "" : w.Say("Последние отказы:\n", "Last refusals:\n")
                + string.Join('\n', why.Refused.Take(RefusedShown).Select(note => Refused(note, w))),
        ];
        return Task.FromResult(new ChatAnswer
        {
            Head = string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0)),
            Entries = why.Rows.Count == 0
                ? [w.Say("Стратегии эту пару ещё не смотрели", "No strategy has looked at this pair yet")]
                : [.. why.Rows.Select(row => Entry(row, rules, w))],
            PerPage = 2,
            Foot = w.Say("✅ прошло, ❌ нет, ▫️ нет данных, · для сведения", "✅ passed, ❌ failed, ▫️ unavailable, · for information"),
        });
    }

    private static string Regime(WhyNote why, Wording w)
    {
        var reading = why.Regime;
        if (double.IsNaN(reading.Adx)) return w.Say("Рынок 4ч: индикаторы ещё не готовы", "Market 4h: the indicators are not ripe yet");
        var label = w.Regime(RegimeBoard.LabelOf(reading));
        var since = why.RegimeSinceMs is { } ms ? w.Say($" с {w.Moment(ms)}", $" since {w.Moment(ms)}") : "";
        var sure = reading.Label == MarketRegime.Undecided ? "" : w.Say(
            $" ({Wording.Whole((long)Math.Round(reading.Confidence * 100))} из 100)", $" ({Wording.Whole((long)Math.Round(reading.Confidence * 100))} of 100)");
        return w.Say("Рынок 4ч: ", "Market 4h: ") + label + sure + since + $", ADX {Wording.Plain(reading.Adx, 1)}";
    }

    private IEnumerable<string> Blocks(WhyNote why, EntryHalt? halt, Wording w)
    {
        if (halt is not null) yield return w.Say("новые входы остановлены вручную: /resume", "new entries are paused by hand: /resume");
        if (why.IsFrozen) yield return w.Say("дыра в данных совсем рядом", "a gap in the data lies close behind");
        foreach (var note in why.Locks)
        {
            if (note.Strategy is { } strategy) yield return w.Say(
                $"{w.StrategyWord(strategy)}: свой сигнал ещё жив", $"{w.StrategyWord(strategy)}: its signal is still live");
            else if (note.Side is { } side && note.UntilMs is { } until) yield return w.Say(
                $"{(note.IsActionPrice ? "Action Price, " : "")}{w.SideWord(side)}: пауза после сигнала ещё {w.Span(until - book.NowMs)}",
                $"{(note.IsActionPrice ? "Action Price, " : "")}{w.SideWord(side)}: locked for {w.Span(until - book.NowMs)} more");
        }
    }

    private static string Refused(RefusalNote note, Wording w)
    {
        var number = double.IsFinite(note.Value) && double.IsFinite(note.Limit)
            ? w.Say($", {Number(note.Value)} против {Number(note.Limit)}", $", {Number(note.Value)} against {Number(note.Limit)}")
            : "";
        return $"{w.Moment(note.TimeMs)} · {w.StrategyWord(note.Strategy)}, {w.SideWord(note.IsLong ? Side.Long : Side.Short)}: {w.Refusal(note.Reason)}{number}";
    }

    private static string Entry(WhyRow row, SymbolRules rules, Wording w)
    {
        var asked = row.Asked;
        var head = $"{Wording.Bold(w.Strategy(asked.Kind.Strategy, asked.Kind.Mode))} · {w.SideWord(asked.Kind.Side)}, {w.Frame(row.Frame)}\n"
            + $"{Verdict(asked, w)}, {Ago(row, w)}";
        return string.Join('\n', [head, .. asked.Predicates.Take(ChecksMax).Select(predicate => Check(predicate, rules, w))]);
    }

    private static string Verdict(AskedSetup asked, Wording w) => asked.Status switch
    {
        DecisionStatus.Fired => w.Say("сработала", "fired"),
        DecisionStatus.NearMiss => w.Say("не хватило одного", "all but one"),
        DecisionStatus.Unavailable => w.Say("нет данных для ответа", "an input is missing"),
        DecisionStatus.NotMet => w.Say($"не прошло {asked.Failed}", $"{asked.Failed} failed"),
        _ => w.Say("нет самой фигуры", "its pattern is not there"),
    };

    private static string Ago(WhyRow row, Wording w) => row.BarsAgo == 0
        ? w.Say($"на последней свече (из {row.Bars})", $"at the last candle (of {row.Bars})")
        : w.Say(
            $"{w.Count(row.BarsAgo, Noun.CandleAwaited)} назад (из {row.Bars})", $"{w.Count(row.BarsAgo, Noun.Candle)} ago (of {row.Bars})");

    private static string Check(Predicate predicate, SymbolRules rules, Wording w)
    {
        var mark = predicate.Outcome == PredicateOutcome.Unavailable ? "▫️"
            : predicate.Role == PredicateRole.Note ? "·"
            : predicate.Outcome == PredicateOutcome.Passed ? "✅" : "❌";
        var name = w.Check(predicate.Name);
        if (predicate.Outcome == PredicateOutcome.Unavailable) return $"{mark} {name}: {w.Say("нет данных", "unavailable")}";
        return predicate.Comparison == Comparison.Is
            ? $"{mark} {name}: {(predicate.Value == 1 ? w.Say("да", "yes") : w.Say("нет", "no"))}"
            : $"{mark} {name}: {Of(predicate.Value)} ({Sign(predicate.Comparison)} {Of(predicate.Threshold)})";

        // Prices on both sides of a level differ in the last digits.
        string Of(double value) => predicate.Name.EndsWith(", price", StringComparison.Ordinal) ? Wording.Price(value, rules) : Number(value);
    }

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.AtLeast => "≥",
        Comparison.Above => "&gt;",
        Comparison.AtMost => "≤",
        _ => "&lt;",
    };

    /// <summary>Four digits that say something, whatever the size: 0.000123, 3.142, 111284.</summary>
    private static string Number(double value)
    {
        if (!double.IsFinite(value)) return Wording.Unavailable;
        if (value == 0) return "0";
        var size = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var digits = Math.Clamp(3 - size, 0, 10);
        var text = Wording.Plain(value, digits);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
