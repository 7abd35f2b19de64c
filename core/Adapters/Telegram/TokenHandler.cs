using FuturesBot.Adapters.Binance;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Puts the token into the path, below everything that tells addresses: whoever listens to HTTP itself (spans, event sources,
/// exceptions) sees <c>/bot/sendMessage</c>. Afterwards the request has its public address again.
/// </summary>
internal sealed class TokenHandler(Secret token) : DelegatingHandler
{
    private const string Prefix = "/bot/";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var open = request.RequestUri!;
        if (!open.AbsolutePath.StartsWith(Prefix, StringComparison.Ordinal))
            throw new InvalidOperationException($"Path was '{open.AbsolutePath}'; it has to begin with {Prefix}");
        request.RequestUri = new UriBuilder(open) { Path = $"/bot{token.Reveal()}/{open.AbsolutePath[Prefix.Length..]}" }.Uri;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = open;
        }
    }
}
