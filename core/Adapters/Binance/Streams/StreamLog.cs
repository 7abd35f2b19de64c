using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The lines that a stream connection writes. On private lines no content is shown, and no secret on any.</summary>
/// <param name="log">Where to.</param>
/// <param name="redactor">Cuts secrets out of everything that is said.</param>
/// <param name="line">Names the connection: <c>/market 2</c>.</param>
/// <param name="isPrivate">Its messages are the account's own.</param>
internal sealed partial class StreamLog(ILogger log, Redactor redactor, string line, bool isPrivate)
{
    public string Line => line;

    public string Redacted(string text) => redactor.Clean(text);

    public void Opened(int streams, bool held) => Opened(log, line, streams, held ? " beside the one in use" : "");

    public void Ended(string how, int failures) => Ended(log, line, Redacted(how), failures);

    public void Renewed(string why, double overlapMs) => Renewed(log, line, Redacted(why), overlapMs);

    public void NotRenewed(string why) => NotRenewed(log, line, Redacted(why));

    public void Refused(string stream, string error) => Refused(log, line, Redacted(stream), Redacted(error));

    public void Rubbish(long count, string what, int length, string start) =>
        Rubbish(log, line, count, what, length, isPrivate ? "(private)" : start);

    public void Fault(Exception fault)
    {
        // An exception's text may quote the message over which it was thrown.
        if (isPrivate) PrivateFault(log, line, fault.GetType().Name);
        else Fault(log, line, fault);
    }

    public void ClosedBadly(string what) => ClosedBadly(log, line, what);

    [LoggerMessage(2100, LogLevel.Information, "Stream connection {Line} is open for {Streams} streams{Beside}")]
    private static partial void Opened(ILogger log, string line, int streams, string beside);

    [LoggerMessage(2101, LogLevel.Warning, "Stream connection {Line} {How}; failures in a row: {Failures}")]
    private static partial void Ended(ILogger log, string line, string how, int failures);

    [LoggerMessage(2102, LogLevel.Information, "Stream connection {Line} was renewed ({Why}) after {OverlapMs} ms side by side")]
    private static partial void Renewed(ILogger log, string line, string why, double overlapMs);

    [LoggerMessage(2103, LogLevel.Warning, "Stream connection {Line} could not be renewed: {Why}; the old one stays in use")]
    private static partial void NotRenewed(ILogger log, string line, string why);

    [LoggerMessage(2104, LogLevel.Error, "Stream connection {Line}: the exchange refuses {Stream}: {Error}")]
    private static partial void Refused(ILogger log, string line, string stream, string error);

    [LoggerMessage(2105, LogLevel.Warning, "Stream connection {Line}: message {Count} that cannot be used ({What}, {Length} bytes): {Start}")]
    private static partial void Rubbish(ILogger log, string line, long count, string what, int length, string start);

    [LoggerMessage(2106, LogLevel.Error, "Stream connection {Line}: a message made our own code fail")]
    private static partial void Fault(ILogger log, string line, Exception fault);

    [LoggerMessage(2107, LogLevel.Error, "Stream connection {Line}: a message made our own code fail: {Type}")]
    private static partial void PrivateFault(ILogger log, string line, string type);

    [LoggerMessage(2108, LogLevel.Debug, "Stream connection {Line} was gone when it was to be closed: {What}")]
    private static partial void ClosedBadly(ILogger log, string line, string what);
}
