namespace FuturesBot.Dashboard.Sample;

/// <summary>A scripted chat: a signal that was changed, an answer to it, and commands of which one asks back.</summary>
internal sealed class SampleChat : IChatTranscript
{
    private const int KeptMax = 200;
    private const string Signal =
        """
        🔵 <b>SOLUSDT · ЛОНГ</b> · учебный счёт
        Пробой и ретест, 15 мин

        Вход: <b>156.48</b> — лимит, ждём 6 свечей
        Стоп: <b>155.02</b> (−0.93 %, это 1R)
        TP1: <b>157.94</b> — закроем 30 %
        TP2: <b>159.40</b> — закроем 40 %

        Риск 0.50 % счёта
        Прибыль к риску 1.70, чистыми <b>1.43</b>

        <b>Оценка 5.75</b> (нужно от 3.00)
        база 2.50 · тренд +1.25 · объём 3.5× +1.00 · CVD +1.00
        Нет данных: стакан, открытый интерес — в оценку не вошли

        20.11 12:15 · <code>9f3a61d0</code> · /why SOLUSDT
        """;

    private static readonly byte[] Chart = SamplePicture.Draw();

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<ChatMessageView> _messages = [];
    private long _count;
    private long _version;

    public SampleChat(TimeProvider time)
    {
        _time = time;
        Add(Signal, edits: 2, hasPicture: true);
        Add("✅ <b>SOLUSDT · TP1 взят</b>\n\nЗакрыли 30 % по <b>157.94</b>: +0.28R после расходов\nСтоп теперь <b>156.61</b> — в ноль с учётом расходов\n\n20.11 12:50 · <code>9f3a61d0</code>", replyTo: 1);
        Add("📋 <b>Итог дня, пятница 20.11</b>\n\nРезультат: <b>−0.84R</b> (−0.42 %, −43.04 USDT)\nЗакрыто 5: в плюс 1, в ноль 1, в минус 3\n\n<b>90 дней</b>\nСделок 212: плюс 75, ноль 44, минус 93\nВ среднем <b>+0.12R</b> [−0.02 … +0.27] после расходов\nНоль внутри промежутка: преимущество пока не доказано\n\n/performance · /signals", isSilent: true);
    }

    public long Version => Interlocked.Read(ref _version);

    public IReadOnlyList<ChatMessageView> Messages(int limit)
    {
        lock (_gate) return [.. _messages.TakeLast(limit)];
    }

    public byte[]? Picture(long messageId)
    {
        lock (_gate) return _messages.Any(one => one.Id == messageId && one.HasPicture) ? Chart : null;
    }

    public IReadOnlyList<ChatCommandView> Commands() =>
        [new("status", "что сейчас происходит"), new("signals", "открытые сигналы"), new("why", "почему нет сигнала: /why SOLUSDT"), new("pause", "не открывать новых сделок"), new("help", "список команд")];

    public bool Say(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 4_096) return false;
        lock (_gate)
        {
            var asked = Add(Escape(text.Trim()), isFromUser: true);
            if (text.StartsWith("/pause", StringComparison.Ordinal))
                Add("Остановить новые сделки?\nОткрытые ведём дальше.", replyTo: asked, buttons: [[new("Остановить", "pause:yes"), new("Оставить", "pause:no")]]);
            else if (text.StartsWith("/why", StringComparison.Ordinal))
                Add("<b>SOLUSDT</b>: ближе всех Пробой и ретест\n✗ ADX <b>21.4</b>, нужно от 25\n✓ объём 1.8×\nОстальное в /status", replyTo: asked);
            else
                Add("Команды: /status, /signals, /why SOLUSDT, /pause", replyTo: asked);
        }

        return true;
    }

    public bool Press(long messageId, string data)
    {
        lock (_gate)
        {
            var at = _messages.FindIndex(one => one.Id == messageId && one.Buttons.Any(row => row.Any(button => button.Data == data)));
            if (at < 0) return false;
            var before = _messages[at];
            _messages[at] = before with
            {
                Html = data == "pause:yes" ? "⏸ <b>Новых сделок нет</b>\nОткрытые ведём дальше. Вернуть: /resume" : "Оставили как есть.",
                Buttons = [],
                Edits = before.Edits + 1,
            };
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    private long Add(
        string html, int edits = 0, bool hasPicture = false, long? replyTo = null, bool isFromUser = false, bool isSilent = false,
        IReadOnlyList<IReadOnlyList<ChatButtonView>>? buttons = null)
    {
        if (_messages.Count == KeptMax) _messages.RemoveAt(0);
        _messages.Add(new(++_count, _time.GetUtcNow().ToUnixTimeMilliseconds(), html, hasPicture, edits, isFromUser, replyTo, isSilent, buttons ?? []));
        Interlocked.Increment(ref _version);
        return _count;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
