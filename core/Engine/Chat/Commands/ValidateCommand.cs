using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Are the data good enough to decide on? Faults and warnings, symbol by symbol.</summary>
internal sealed class ValidateCommand(IChatBook book) : IChatCommand
{
    private const int ChecksShown = 3;

    public string Name => "validate";

    public string Usage(Wording words) => words.Say("[пара]", "[pair]");

    public string Title(Wording words) => words.Say("Проверка данных", "Data check");

    public string About(Wording words) => words.Say(
        "хватает ли стратегиям данных: дыры, прогрев, входы", "do the strategies have their data: gaps, warm-up, inputs");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var w = call.Words;
        var notes = book.Data();
        if (call.Arguments.Count > 0)
        {
            if (!ChatArguments.TrySymbol(call, 0, book, this, out var symbol, out var fault)) return Task.FromResult(fault!);
            notes = [.. notes.Where(note => note.Symbol == symbol)];
        }

        var findings = notes.Select(note => (note.Symbol, Faults: Faults(note, w).ToArray(), Warnings: Warnings(note, w).ToArray())).ToArray();
        var faults = findings.Sum(found => found.Faults.Length);
        var warnings = findings.Sum(found => found.Warnings.Length);
        return Task.FromResult(new ChatAnswer
        {
            Head = $"{Wording.Bold(w.Say("Проверка данных", "Data check"))}, {w.Count(notes.Count, Noun.Symbol)}\n"
                + (faults + warnings == 0
                    ? w.Say("✅ Данных хватает всем стратегиям", "✅ Every strategy has its data")
                    : w.Say($"Неполадок: {faults}, предупреждений: {warnings}", $"Faults: {faults}, warnings: {warnings}")),
            Entries =
            [
                .. findings.Where(found => found.Faults.Length + found.Warnings.Length > 0)
                    .OrderByDescending(found => found.Faults.Length).ThenBy(found => found.Symbol)
                    .Select(found => string.Join('\n',
                    [
                        Wording.Bold(Wording.Text(found.Symbol.Name)),
                        .. found.Faults.Select(line => "⚠️ " + line),
                        .. found.Warnings.Select(line => "• " + line),
                    ])),
            ],
            PerPage = 5,
        });
    }

    /// <summary>What keeps strategies from deciding, or makes what they decide doubtful.</summary>
    private static IEnumerable<string> Faults(DataNote note, Wording w)
    {
        foreach (var frame in note.Frames)
        {
            if (frame.Bars == 0)
            {
                yield return w.Say($"{w.Frame(frame.Frame)}: свечей нет", $"{w.Frame(frame.Frame)}: no candles");
                continue;
            }

            if (frame.BarsBehind > 0) yield return w.Say(
                $"{w.Frame(frame.Frame)}: отстаёт на {w.Count(frame.BarsBehind, Noun.CandleAwaited)}",
                $"{w.Frame(frame.Frame)}: {w.Count(frame.BarsBehind, Noun.Candle)} behind");
            if (frame.Missing > 0) yield return w.Say(
                $"{w.Frame(frame.Frame)}: не хватает {frame.Missing} из {frame.Bars + frame.Missing}{Since(frame, w)}",
                $"{w.Frame(frame.Frame)}: {frame.Missing} of {frame.Bars + frame.Missing} missing{Since(frame, w)}");
        }

        if (note.IsFrozen) yield return w.Say("дыра совсем рядом: новых сигналов пока нет", "a gap lies close behind: nothing new is set up");
        foreach (var strategy in note.Strategies)
        {
            if (strategy.Questions == 0 || strategy.Unanswered < strategy.Questions) continue;
            yield return w.Say(
                $"{w.Strategy(strategy.Strategy)}: решить не может, нет данных ({Checks(strategy, w)})",
                $"{w.Strategy(strategy.Strategy)}: cannot decide, inputs are missing ({Checks(strategy, w)})");
        }
    }

    /// <summary>What makes decisions poorer, not wrong.</summary>
    private static IEnumerable<string> Warnings(DataNote note, Wording w)
    {
        foreach (var frame in note.Frames)
        {
            if (frame.Bars > 0 && !frame.IsRipe) yield return w.Say(
                $"{w.Frame(frame.Frame)}: прогрев {frame.Bars} из {FrameNote.RipeFrom} свечей, EMA200 ещё не точна",
                $"{w.Frame(frame.Frame)}: warm-up {frame.Bars} of {FrameNote.RipeFrom} candles, EMA200 is not exact yet");
        }

        if (!note.HasRegime) yield return w.Say("свечи 4 ч нет: режим рынка неизвестен", "no 4h candle: the market regime is unavailable");
        if (note.Missing.Count > 0) yield return w.Say("Нет данных: ", "No data: ") + string.Join(", ", note.Missing.Select(w.PartName));
        foreach (var strategy in note.Strategies)
        {
            if (strategy.Questions == 0) yield return w.Say(
                $"{w.Strategy(strategy.Strategy)}: ещё не спрашивали", $"{w.Strategy(strategy.Strategy)}: not asked yet");
            else if (strategy.Unanswered > 0 && strategy.Unanswered < strategy.Questions) yield return w.Say(
                $"{w.Strategy(strategy.Strategy)}: без ответа {strategy.Unanswered} из {strategy.Questions} ({Checks(strategy, w)})",
                $"{w.Strategy(strategy.Strategy)}: {strategy.Unanswered} of {strategy.Questions} unanswered ({Checks(strategy, w)})");
        }

        if (note.RefusedCandles > 0) yield return w.Say(
            $"не принято свечей: {note.RefusedCandles} (поздние, повторные)", $"candles refused: {note.RefusedCandles} (late, doubled)");
        if (note.Restarts > 0) yield return w.Say(
            $"начинала заново после длинной дыры: {w.Count(note.Restarts, Noun.Time)}",
            $"started anew after a long gap: {w.Count(note.Restarts, Noun.Time)}");
    }

    private static string Since(FrameNote frame, Wording w) => frame.BarsSinceGap is { } since
        ? w.Say($", последняя дыра {w.Count(since, Noun.CandleAwaited)} назад", $", last gap {w.Count(since, Noun.Candle)} ago")
        : "";

    private static string Checks(StrategyInputs strategy, Wording w) => string.Join(
        ", ", strategy.Missing.Take(ChecksShown).Select(w.Check));
}
