using FuturesBot.Engine.Ports;
using static FuturesBot.Adapters.Binance.Rest.ErrorAdvice;
using static FuturesBot.Adapters.Binance.Rest.ErrorFate;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// What each error of the exchange means and what to do about it, by HTTP status, code and message: the first row that
/// matches counts (spec 3.8). −1001 alone comes with several texts, some of them certain and some not.
/// </summary>
public static class ErrorTable
{
    /// <summary>No answer came in time, or the connection broke after the request had left.</summary>
    public static readonly ErrorRule NoAnswer = new(Unknown, ExchangeFault.Unreachable, QueryOrder, "no answer");

    /// <summary>The request never left: no connection could be made.</summary>
    public static readonly ErrorRule NotSent = new(NotExecuted, ExchangeFault.Unreachable, BackOff, "not sent");

    /// <summary>It was answered, and the answer cannot be read.</summary>
    public static readonly ErrorRule Unreadable = new(Unknown, ExchangeFault.Malformed, QueryOrder, "an answer that cannot be read");

    /// <summary>Waited for the limits longer than an order may wait; it was not sent.</summary>
    public static readonly ErrorRule WaitedTooLong = new(NotExecuted, ExchangeFault.Limited, WaitForLimit, "waited too long for the limits");

    public static IReadOnlyList<ErrorRule> Rows { get; } =
    [
        // Limits and place
        Http(429, NotExecuted, ExchangeFault.Limited, WaitForLimit, "request limit reached"),
        Http(418, NotExecuted, ExchangeFault.Banned, WaitForLimit, "address banned for a while"),
        Http(451, Rejected, ExchangeFault.Forbidden, Halt, "the exchange does not serve this country or region"),
        Http(403, Rejected, ExchangeFault.Forbidden, Halt, "the exchange's firewall refuses this address"),
        Code([-1003], NotExecuted, ExchangeFault.Limited, WaitForLimit, "too many requests"),
        Code([-1015], NotExecuted, ExchangeFault.Limited, WaitForLimit, "too many orders"),

        // Overload: some texts are certain, the others are not
        Http(503, Unknown, ExchangeFault.Overloaded, QueryOrder, "overloaded, and what became of the request is unknown", "Unknown error"),
        Http(503, NotExecuted, ExchangeFault.Overloaded, BackOff, "overloaded, not carried out", "Service Unavailable"),
        Http(503, NotExecuted, ExchangeFault.Overloaded, BackOff, "internal error, not carried out", "Internal error"),
        Code([-1008], NotExecuted, ExchangeFault.Overloaded, BackOff, "overloaded, not carried out"),
        Code([-5041], NotExecuted, ExchangeFault.Overloaded, BackOff, "the account's order queue is full"),
        Code([-1006, -1007], Unknown, ExchangeFault.Overloaded, QueryOrder, "time-out inside the exchange"),
        Code([-1000, -1001], Unknown, ExchangeFault.Overloaded, QueryOrder, "fault inside the exchange"),

        // Clock, signature, keys
        Code([-1021], Rejected, ExchangeFault.Rejected, ReadClock, "the timestamp is outside of the receive window"),
        Code([-5028], Rejected, ExchangeFault.Rejected, ReadClock, "the matching engine got the order after its receive window"),
        Code([-1022], Rejected, ExchangeFault.Forbidden, Halt, "the signature is not valid: the secret does not belong to the key"),
        Code([-2014, -2015, -1002], Rejected, ExchangeFault.Forbidden, Halt, "the key, its permissions or its address list refuse this"),
        Code([-4109], Rejected, ExchangeFault.Forbidden, Halt, "the account is archived for inactivity"),
        Code([-1125], Rejected, ExchangeFault.Rejected, RenewListenKey, "the listen key is gone"),

        // Orders that are there, or are not
        Code([-4116], Rejected, ExchangeFault.Rejected, QueryOrder, "the client id is in use: the order was accepted already"),
        Code([-4117], Rejected, ExchangeFault.Rejected, WaitThenQuery, "the stop is triggering just now"),
        Code([-2011, -2013], Rejected, ExchangeFault.Rejected, CheckFills, "the exchange does not know the order"),
        Code([-4130], Rejected, ExchangeFault.Rejected, Reconcile, "a close-position order in this direction rests already"),
        Code([-2022, -4118], Rejected, ExchangeFault.Rejected, Reconcile, "reduce-only refused: the position is gone or covered by resting orders"),
        Code([-2021, -4142], Rejected, ExchangeFault.Rejected, CloseNow, "the price is past the trigger already"),

        // Money and modes
        Code([-2018, -2019, -2027, -2028, -4161], Rejected, ExchangeFault.Rejected, GiveUpSignal, "margin or leverage does not allow it"),
        Code([-4405, -4407, -4517, -4518, -4519], Rejected, ExchangeFault.Rejected, StopEntries, "only closing is allowed here"),
        Code([-4046, -4059], Rejected, ExchangeFault.Rejected, TakeAsDone, "it was so already"),
        Code([-4067, -4068], Rejected, ExchangeFault.Rejected, Reconcile, "the mode cannot change while orders or positions are open"),
        Code([-5021, -5022], Rejected, ExchangeFault.Rejected, Reprice, "post-only, fill-or-kill: the market does not allow it now"),
        Code([-4131], Rejected, ExchangeFault.Rejected, Reprice, "too far from the market"),
        Code([-4120], Rejected, ExchangeFault.Rejected, Alarm, "conditional orders belong to the algo endpoint"),

        // Whatever else the exchange says is a refusal; what something in between says is not
        Any(400, 499, Rejected, ExchangeFault.Rejected, Alarm, "refused"),
        Any(500, 599, Unknown, ExchangeFault.Overloaded, QueryOrder, "fault of the exchange or of something before it"),
        Any(0, 999, Unknown, ExchangeFault.Malformed, QueryOrder, "an answer of no known kind"),
    ];

    private static readonly (int From, int To)[] Ranges = [(400, 499), (500, 599), (0, 999)];

    /// <param name="status">HTTP status.</param>
    /// <param name="code">The exchange's code; null when it gave none.</param>
    /// <param name="message">
    /// The exchange's own message; null when the answer was not its JSON. A 5xx without was written by something in
    /// between, and nothing in its text is certain.
    /// </param>
    public static ErrorRule Find(int status, int? code, string? message)
    {
        if (status >= 500 && message is null) return Rows[^2];
        for (var row = 0; row < Rows.Count - Ranges.Length; row++)
        {
            if (Rows[row].Matches(status, code, message ?? "")) return Rows[row];
        }

        var range = Array.FindIndex(Ranges, range => status >= range.From && status <= range.To);
        return Rows[Rows.Count - Ranges.Length + range];
    }

    private static ErrorRule Http(int status, ErrorFate fate, ExchangeFault fault, ErrorAdvice advice, string meaning, string? message = null) =>
        new(fate, fault, advice, meaning) { Status = status, Message = message };

    private static ErrorRule Code(int[] codes, ErrorFate fate, ExchangeFault fault, ErrorAdvice advice, string meaning) =>
        new(fate, fault, advice, meaning) { Codes = codes };

    private static ErrorRule Any(int from, int to, ErrorFate fate, ExchangeFault fault, ErrorAdvice advice, string meaning) =>
        new(fate, fault, advice, $"{meaning} (status {from}–{to})");
}
