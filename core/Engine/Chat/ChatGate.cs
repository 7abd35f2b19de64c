namespace FuturesBot.Engine.Chat;

/// <summary>
/// Decides whether an update is heard, for every way in alike. Pure of technology; safe for use by several threads.
/// </summary>
/// <param name="options">Who is heard.</param>
/// <param name="seenUntil">Updates up to this number were answered before the start; 0 for none.</param>
public sealed class ChatGate(ChatGateOptions options, long seenUntil = 0)
{
    /// <summary>After a week without updates Telegram numbers them anew, from anywhere: older numbers say nothing then.</summary>
    public const long NumbersHoldMs = 6 * 86_400_000L;

    private const int SeenMax = 4_096;        // numbers of updates that a webhook may deliver again
    private const int StrangersMax = 1_000;   // a day; those beyond are counted and not logged

    private readonly Lock _gate = new();
    private readonly HashSet<long> _seen = [];
    private readonly Queue<long> _order = new();
    private readonly HashSet<(long Chat, long User)> _strangers = [];
    private readonly Dictionary<ChatVerdict, long> _counts = [];
    private long _floor = seenUntil;   // everything up to here was seen, or is too old to tell
    private long _day;
    private long _lastMs = long.MaxValue;

    /// <summary>How many updates met each verdict since the start.</summary>
    public IReadOnlyDictionary<ChatVerdict, long> Counts
    {
        get
        {
            lock (_gate) return new Dictionary<ChatVerdict, long>(_counts);
        }
    }

    /// <summary>The verdict; an update that was heard, or is stale or a stranger's, is a repetition from then on.</summary>
    /// <param name="update">What came.</param>
    /// <param name="nowMs">Wall time, UTC, Unix milliseconds.</param>
    public ChatVerdict Judge(ChatUpdate update, long nowMs)
    {
        lock (_gate)
        {
            var verdict = Of(update, nowMs);
            _counts[verdict] = _counts.GetValueOrDefault(verdict) + 1;
            return verdict;
        }
    }

    /// <summary>Takes a verdict back: the update could not be answered, and may come again.</summary>
    public void Forget(long updateId)
    {
        lock (_gate) _seen.Remove(updateId);
    }

    private ChatVerdict Of(ChatUpdate update, long nowMs)
    {
        if (nowMs - _lastMs > NumbersHoldMs && _lastMs != long.MaxValue) StartAnew();
        _lastMs = nowMs;
        if (update.UpdateId <= _floor || !_seen.Add(update.UpdateId)) return ChatVerdict.Repeated;
        _order.Enqueue(update.UpdateId);
        if (_order.Count > SeenMax)
        {
            var oldest = _order.Dequeue();
            _seen.Remove(oldest);
            _floor = Math.Max(_floor, oldest);
        }

        if (!MaySpeak(update)) return IsNewStranger(update, nowMs) ? ChatVerdict.NewStranger : ChatVerdict.Stranger;
        return nowMs - update.AtMs > options.StaleAfter.TotalMilliseconds ? ChatVerdict.Stale : ChatVerdict.Heard;
    }

    private void StartAnew()
    {
        _floor = 0;
        _seen.Clear();
        _order.Clear();
    }

    private bool MaySpeak(ChatUpdate update) =>
        options.Chats.Contains(update.ChatId)
        && (options.Users.Count > 0 ? options.Users.Contains(update.UserId) : update.UserId != 0 && update.UserId == update.ChatId);

    private bool IsNewStranger(ChatUpdate update, long nowMs)
    {
        const long DayMs = 86_400_000;
        if (nowMs / DayMs != _day)
        {
            _day = nowMs / DayMs;
            _strangers.Clear();
        }

        return _strangers.Count < StrangersMax && _strangers.Add((update.ChatId, update.UserId));
    }
}
