using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>Where REST calls come in: checks, carries out, answers.</summary>
internal sealed class RestDoor(EndpointTable table, MarketClock clock, ExchangeContext context)
{
    public async Task ServeAsync(HttpContext http)
    {
        var answer = await AnswerAsync(http);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async Task<Answer> AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (table.Find(http.Request.Method, path) is not { } endpoint)
            return table.KnowsPath(path) ? new Refusal(-1000, "Request method not supported.", 405) : new Answer(404, ReadOnlyMemory<byte>.Empty);

        using var body = new StreamReader(http.Request.Body);
        var parameters = new Parameters(http.Request.QueryString.Value?.TrimStart('?') ?? "", await body.ReadToEndAsync(http.RequestAborted));
        lock (context.Gate) return endpoint.Handle(new(endpoint, parameters, clock.NowMs, ""));
    }
}
