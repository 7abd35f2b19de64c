using System.Globalization;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Which route serves which stream and how the stream is called. Data, because the exchange has moved streams between
/// routes and sources disagree on some: the silence of a wrong route is what the watchdogs are for.
/// </summary>
public sealed class StreamTable
{
    private readonly StreamForm[] _forms;

    /// <param name="forms">One for each kind.</param>
    public StreamTable(IEnumerable<StreamForm> forms)
    {
        _forms = [.. forms.OrderBy(form => form.Kind)];
        if (!_forms.Select(form => form.Kind).SequenceEqual(Enum.GetValues<StreamKind>()))
            throw new ArgumentException("Each kind of stream needs exactly one form", nameof(forms));
    }

    /// <summary>As the exchange documents it since 23 April 2026 (spec 3.6).</summary>
    public static StreamTable Default { get; } = new(
    [
        new(StreamKind.Depth, StreamRoute.Public, "@depth@100ms", IsSteady: true),
        new(StreamKind.BookTicker, StreamRoute.Public, "@bookTicker", IsSteady: true),
        new(StreamKind.AggTrade, StreamRoute.Market, "@aggTrade", IsSteady: false),
        new(StreamKind.Kline, StreamRoute.Market, "@kline_{0}", IsSteady: true),
        new(StreamKind.MarkPrice, StreamRoute.Market, "@markPrice@1s", IsSteady: true),
    ]);

    public IReadOnlyList<StreamForm> Forms => _forms;

    public StreamForm FormOf(StreamName name) => _forms[(int)name.Kind];

    /// <summary>
    /// The stream's name on the wire, such as <c>btcusdt@kline_15m</c>. Letters of any script are lower-cased where they
    /// have a lower case; the text goes into a message, as UTF-8, not into an address.
    /// </summary>
    public string TextOf(StreamName name) => string.Concat(
        name.Symbol.Name.ToLowerInvariant(),
        string.Format(CultureInfo.InvariantCulture, _forms[(int)name.Kind].Suffix, name.FrameCode));

    /// <summary>The same table with another form of one kind.</summary>
    public StreamTable With(StreamForm form) =>
        new([.. _forms.Where(known => known.Kind != form.Kind), form]);

    /// <summary>The address of a route for subscriptions: <c>{base}/market/stream</c>.</summary>
    public static Uri AddressOf(Uri streams, StreamRoute route) => new($"{Root(streams, route)}/stream");

    /// <summary>The address of a route for one stream that is named in the address, as user events may be.</summary>
    public static Uri AddressOf(Uri streams, StreamRoute route, string stream) =>
        new($"{Root(streams, route)}/ws/{Uri.EscapeDataString(stream)}");

    private static string Root(Uri streams, StreamRoute route) =>
        $"{streams.AbsoluteUri.TrimEnd('/')}/{PathOf(route)}";

    internal static string PathOf(StreamRoute route) => route switch
    {
        StreamRoute.Public => "public",
        StreamRoute.Market => "market",
        StreamRoute.Private => "private",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "Route was none of the three"),
    };
}
