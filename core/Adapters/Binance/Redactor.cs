using System.Text;
using System.Text.RegularExpressions;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// Takes secrets out of texts on their way to a log, a span or an exception: those it was told of, in plain and in
/// percent-encoded form, and whatever looks like a signature, a signed query, a listen key or a bot's token.
/// </summary>
public sealed partial class Redactor
{
    private const string Mask = "***";
    private const int KnownMax = 32;      // listen keys come and go; the last ones are those that may still be on the way
    private const int ShortestKnown = 6;  // shorter ones are words that stand in any text

    private readonly Lock _gate = new();
    private readonly Queue<string> _passing = new();
    private readonly List<string> _lasting = [];
    private volatile string[] _known = [];

    /// <summary>Hides this text from now on, wherever it stands.</summary>
    public void Hide(Secret? secret) => Add(secret, _lasting.Add);

    /// <summary>The same for one that is soon replaced by another: the oldest of these are forgotten.</summary>
    public void HideForNow(Secret? secret) => Add(secret, text =>
    {
        _passing.Enqueue(text);
        while (_passing.Count > KnownMax) _passing.Dequeue();
    });

    /// <summary>The text without secrets.</summary>
    public string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        foreach (var secret in _known)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
            var encoded = Uri.EscapeDataString(secret);
            if (encoded != secret) text = text.Replace(encoded, Mask, StringComparison.OrdinalIgnoreCase);
        }

        text = SignedPayload().Replace(text, Mask);
        text = Named().Replace(text, "${name}" + Mask);
        text = BotToken().Replace(text, "/bot" + Mask);
        return StreamPath().Replace(text, "${path}" + Mask);
    }

    /// <summary>What went wrong, down to the first cause, in one line and without secrets.</summary>
    public string Describe(Exception fault)
    {
        var text = new StringBuilder();
        for (var at = fault; at is not null; at = at.InnerException)
        {
            if (text.Length > 0) text.Append(" ← ");
            text.Append(at.GetType().Name).Append(": ").Append(at.Message.ReplaceLineEndings(" "));
        }

        return Clean(text.ToString());
    }

    private void Add(Secret? secret, Action<string> keep)
    {
        if (secret?.Reveal() is not { Length: >= ShortestKnown } text) return;
        lock (_gate)
        {
            if (_known.Contains(text)) return;
            keep(text);
            _known = [.. _lasting, .. _passing];
        }
    }

    // A query or a form with a signature, or with what stands before one; cut short or not.
    [GeneratedRegex(@"[^\s""'<>?]*(?:signature|recvWindow)=[^\s""'<>]*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SignedPayload();

    // As a parameter, as a JSON field, as a header: name, one of = and :, then anything up to where a value ends.
    [GeneratedRegex(
        @"(?<name>\b(?:signature|listenKey|listen_key|X-MBX-APIKEY|apiKey|api_key|apiSecret|secretKey|token)\b[\\""']*\s*[=:]\s*[\\""'\[]*)[^&\s""'\\,;}\]<>]+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"/bot\d+(?::|%3A)[\w-]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex BotToken();

    // Listen keys are 64 letters and digits; no path of the exchange has a part half as long.
    [GeneratedRegex(@"(?<path>/(?:ws|stream)/)[A-Za-z0-9_-]{30,}", RegexOptions.NonBacktracking)]
    private static partial Regex StreamPath();
}
