namespace FuturesBot.Engine.Chat;

/// <summary>
/// Orders that wait for their code. A code is of one person in one chat, lives two minutes, and dies with the third wrong
/// try. At most one order waits for each. Safe from many threads.
/// </summary>
/// <param name="below">A random number from 0 up to, not including, its argument.</param>
/// <param name="time">Wall time.</param>
public sealed class ChatCodes(Func<int, int> below, TimeProvider time)
{
    /// <summary>How long a code lives.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>Wrong tries that cancel the order.</summary>
    public const int WrongMax = 3;

    /// <summary>Orders that wait at once; the oldest goes for a new one.</summary>
    public const int WaitingMax = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<(long ChatId, long UserId), Waiting> _waiting = [];

    /// <summary>Lets an order wait; one that waited already is forgotten.</summary>
    /// <returns>Its code, four digits.</returns>
    public string Ask(long chatId, long userId, ChatOrder order)
    {
        var code = below(10_000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        lock (_gate)
        {
            Forget();
            _waiting.Remove((chatId, userId));
            if (_waiting.Count >= WaitingMax) _waiting.Remove(_waiting.MinBy(entry => entry.Value.Until).Key);
            _waiting[(chatId, userId)] = new(code, order, time.GetUtcNow() + Life);
        }

        return code;
    }

    /// <summary>Tries a code; the order is taken out with the right one.</summary>
    public CodeOutcome Try(long chatId, long userId, string code)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue((chatId, userId), out var waiting)) return new(CodeVerdict.NothingWaits, null, 0);
            if (waiting.Until <= time.GetUtcNow())
            {
                _waiting.Remove((chatId, userId));
                return new(CodeVerdict.TooLate, null, 0);
            }

            if (waiting.Code == code)
            {
                _waiting.Remove((chatId, userId));
                return new(CodeVerdict.Right, waiting.Order, 0);
            }

            waiting.Wrong++;
            if (waiting.Wrong < WrongMax) return new(CodeVerdict.Wrong, null, WrongMax - waiting.Wrong);
            _waiting.Remove((chatId, userId));
            return new(CodeVerdict.Cancelled, null, 0);
        }
    }

    /// <summary>Forgets the order; false when none waited.</summary>
    public bool Cancel(long chatId, long userId)
    {
        lock (_gate) return _waiting.Remove((chatId, userId), out var waiting) && waiting.Until > time.GetUtcNow();
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var late in _waiting.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToArray())
            _waiting.Remove(late);
    }

    private sealed class Waiting(string code, ChatOrder order, DateTimeOffset until)
    {
        public string Code { get; } = code;

        public ChatOrder Order { get; } = order;

        public DateTimeOffset Until { get; } = until;

        public int Wrong { get; set; }
    }
}
