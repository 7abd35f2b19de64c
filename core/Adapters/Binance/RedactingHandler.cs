namespace FuturesBot.Adapters.Binance;

/// <summary>
/// Lets no secret out in an exception of HTTP. Transport errors tell addresses, and addresses hold keys; what leaves
/// here is a new exception with a clean text and without the old one inside.
/// </summary>
public sealed class RedactingHandler(Redactor redactor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
#pragma warning disable MA0054 // the caught exception is what must not get out
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The request was ended.", cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var (error, status) = e is HttpRequestException http ? (http.HttpRequestError, http.StatusCode) : (HttpRequestError.Unknown, null);
            throw new HttpRequestException(error, redactor.Describe(e), inner: null, status);
        }
#pragma warning restore MA0054
    }
}
