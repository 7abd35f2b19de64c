using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>Where REST calls come in: reads what was sent, and writes the answer and its headers.</summary>
internal sealed class RestDoor(CallDesk desk)
{
    private const int BodyCharsMax = 1 << 20;

    private static readonly Answer BodyTooLong = new Refusal(-1102, "The body was too long.", 413);

    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (await AnswerAsync(http) is not { } answer)
            {
                http.Abort();
                return;
            }

            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.ContentType;
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: there is nobody to answer.
        }
    }

    /// <returns>Null when the connection is to be cut without an answer.</returns>
    private async Task<Answer?> AnswerAsync(HttpContext http)
    {
        if (await ReadAsync(http) is not { } parameters) return BodyTooLong;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var key = http.Request.Headers["X-MBX-APIKEY"].ToString();
        var result = await desk.CarryOutAsync(
            http.Request.Method, http.Request.Path.Value ?? "", parameters, new(address, key), http.RequestAborted);
        var headers = http.Response.Headers;
        if (result.UsedWeight is { } weight) headers["X-MBX-USED-WEIGHT-1M"] = weight.ToString(CultureInfo.InvariantCulture);
        if (result.RetryAfterSeconds > 0) headers.RetryAfter = result.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (result.Orders is not { } orders) return result.Answer;
        headers["X-MBX-ORDER-COUNT-10S"] = orders.TenSeconds.ToString(CultureInfo.InvariantCulture);
        headers["X-MBX-ORDER-COUNT-1M"] = orders.Minute.ToString(CultureInfo.InvariantCulture);
        return result.Answer;
    }

    private static async Task<Parameters?> ReadAsync(HttpContext http)
    {
        var query = http.Request.QueryString.Value is { Length: > 0 } text ? text[1..] : "";
        if (http.Request.ContentLength == 0 || HttpMethods.IsGet(http.Request.Method)) return new(query);
        if (http.Request.ContentLength > BodyCharsMax) return null;
        using var reader = new StreamReader(http.Request.Body);
        var body = new char[(http.Request.ContentLength ?? BodyCharsMax) + 1];   // a character is at least a byte
        var length = await reader.ReadBlockAsync(body, http.RequestAborted);
        return length > BodyCharsMax ? null : new(query, new(body, 0, length));
    }
}
