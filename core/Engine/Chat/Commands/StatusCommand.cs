using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The whole system at a glance, and what is wrong with it.</summary>
internal sealed class StatusCommand(IChatBook book) : IChatCommand
{
    // Three minutes of the market without a closed candle is more than any exchange is late.
    private static readonly TimeSpan CandleLateAfter = TimeSpan.FromMinutes(3);

    public string Name => "status";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Статус", "Status");

    public string About(Wording words) => words.Say("как дела у бота и что сейчас не так", "how the bot does, and what is wrong now");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (s, w) = (book.Status(), call.Words);
        var wrong = Wrong(s, w).ToArray();
        string[] paragraphs =
        [
            $"{Wording.Bold(w.Say("Статус", "Status"))} · {Mode(s, w)}",
            string.Join('\n', wrong.Length == 0
                ? [w.Say("✅ Всё в порядке", "✅ Everything is in order")]
                : wrong.Select(fault => "⚠️ " + fault)),
            w.Say(
                $"""
                Биржа: {ExchangeName(s, w)}
                Время рынка: {w.Moment(s.MarketMs)}{Speed(s)}
                Работает: {w.Span((long)s.Uptime.TotalMilliseconds)}, версия {Wording.Text(s.Version, 30)}
                """,
                $"""
                Exchange: {ExchangeName(s, w)}
                Market time: {w.Moment(s.MarketMs)}{Speed(s)}
                Up: {w.Span((long)s.Uptime.TotalMilliseconds)}, version {Wording.Text(s.Version, 30)}
                """),
            w.Say(
                $"""
                Пары: {Wording.Whole(s.Symbols)}
                Стратегии: включено {s.StrategiesOn} из {s.StrategiesAll}, профиль {Wording.Text(s.Profile, 20)}
                Сигналы: открыто {s.Open}, ждут входа {s.Waiting}
                Новые входы: {Entries(s, w)}
                """,
                $"""
                Pairs: {Wording.Whole(s.Symbols)}
                Strategies: {s.StrategiesOn} of {s.StrategiesAll} on, profile {Wording.Text(s.Profile, 20)}
                Signals: {s.Open} open, {s.Waiting} waiting for entry
                New entries: {Entries(s, w)}
                """),
            Wire(s.Wire, w) + Telegram(s.Messenger, w),
            w.Say($"Журнал решений: строк {Wording.Whole(s.LedgerLines)}, последняя {Hash(s)}", $"Ledger: {Wording.Whole(s.LedgerLines)} lines, head {Hash(s)}"),
        ];
        return Task.FromResult(new ChatAnswer { Head = string.Join("\n\n", paragraphs).ReplaceLineEndings("\n") });
    }

    /// <summary>What somebody should look at, a line each.</summary>
    internal static IEnumerable<string> Wrong(ChatStatus s, Wording w)
    {
        if (s.IsLoading) yield return w.Say("Прошлое ещё загружается, решений пока нет", "The past is still being loaded, nothing is decided yet");
        if (s.Halt is { } halt) yield return w.Say(
            $"Новые входы остановлены с {w.Moment(halt.AtMs)}: /resume", $"New entries are paused since {w.Moment(halt.AtMs)}: /resume");
        if (s.SinceCandle is { } since && since * Math.Max(1, s.Speed) > CandleLateAfter && since > TimeSpan.FromSeconds(30)) yield return w.Say(
            $"Свечей нет уже {w.Span((long)since.TotalMilliseconds)}", $"No candle for {w.Span((long)since.TotalMilliseconds)}");
        if (s.MissingCandles > 0) yield return w.Say(
            $"Не хватает свечей: {Wording.Whole(s.MissingCandles)}, /validate", $"{w.Count(s.MissingCandles, Noun.Candle)} missing: /validate");
        if (s.PendingEffects > 0) yield return w.Say(
            $"Не выполнено действий: {Wording.Whole(s.PendingEffects)}", $"Effects not carried out: {Wording.Whole(s.PendingEffects)}");
        if (s.Messenger is { IsLate: true, OldestWait: { } wait } chat) yield return w.Say(
            $"Telegram не принимает сообщения: в очереди {chat.Waiting}, старшее ждёт {w.Span((long)wait.TotalMilliseconds)}",
            $"Telegram takes no messages: {chat.Waiting} waiting, the oldest for {w.Span((long)wait.TotalMilliseconds)}");
        if (s.Wire is not { } wire) yield break;
        if (wire.BanLeft is { } left) yield return w.Say(
            $"Биржа заблокировала адрес, осталось {w.Span((long)left.TotalMilliseconds)}; до тех пор запросов нет",
            $"The exchange has banned this address for {w.Span((long)left.TotalMilliseconds)} more; nothing is asked until then");
        if (wire.IsPaused) yield return w.Say("Биржа попросила паузу (429)", "The exchange asked for a pause (429)");
        if (wire.LinesLive < wire.Lines) yield return w.Say(
            $"Соединения: живы {wire.LinesLive} из {wire.Lines}", $"Connections: {wire.LinesLive} of {wire.Lines} live");
        if (wire.BooksInStep < wire.Books) yield return w.Say(
            $"Стаканы: в ногу {wire.BooksInStep} из {wire.Books}", $"Order books: {wire.BooksInStep} of {wire.Books} in step");
    }

    private static string Mode(ChatStatus s, Wording w) => s.Mode switch
    {
        "signals" => w.Account(AccountKind.Signals),
        "paper" => w.Account(AccountKind.Paper),
        "live" => w.Account(AccountKind.Live),
        _ => Wording.Text(s.Mode, 20),
    };

    private static string ExchangeName(ChatStatus s, Wording w) => s.Exchange switch
    {
        "simulated" => w.Say("учебная, внутри бота", "simulated, inside the bot"),
        "replay" => w.Say("запись прошлых свечей", "recorded candles"),
        "demo" => w.Say("тестовая Binance", "Binance demo"),
        "binance" => "Binance USDT-M",
        _ => Wording.Text(s.Exchange, 20),
    };

    private static string Speed(ChatStatus s) => s.Speed == 1 ? "" : $" (×{Wording.Plain(s.Speed, s.Speed < 10 ? 1 : 0)})";

    private static string Entries(ChatStatus s, Wording w) => s.Halt is null
        ? w.Say("разрешены", "allowed")
        : w.Say("остановлены вручную", "paused by hand");

    private static string Wire(ExchangeNote? wire, Wording w)
    {
        if (wire is null) return w.Say("Связь с биржей: не нужна, свечи из записи", "Exchange: not needed, the candles are recorded");
        var books = wire.Books == 0
            ? w.Say("выключены", "off")
            : w.Say($"в ногу {wire.BooksInStep} из {wire.Books}", $"{wire.BooksInStep} of {wire.Books} in step");
        return w.Say(
            $"""
            Запросы: вес {wire.Weight} из {wire.WeightMax} за минуту
            Соединения: живы {wire.LinesLive} из {wire.Lines}, обрывов {wire.Reconnects}
            Стаканы: {books}
            """,
            $"""
            Requests: weight {wire.Weight} of {wire.WeightMax} this minute
            Connections: {wire.LinesLive} of {wire.Lines} live, {wire.Reconnects} reconnects
            Order books: {books}
            """);
    }

    private static string Telegram(MessengerNote? n, Wording w) => n is null
        ? ""
        : "\n" + w.Say(
            $"Telegram: в очереди {n.Waiting}, отправлено {Wording.Whole(n.Sent)}, не ушло {n.GivenUp}, от чужих {n.Strangers}",
            $"Telegram: {n.Waiting} waiting, {Wording.Whole(n.Sent)} sent, {n.GivenUp} given up, {n.Strangers} from strangers");

    private static string Hash(ChatStatus s) => s.LedgerHash.Length < 8 ? Wording.Unavailable : Wording.Code(s.LedgerHash[..8]);
}
