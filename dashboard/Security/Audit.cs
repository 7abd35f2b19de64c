using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Writes a line for every change that was asked for, whatever became of it.</summary>
internal sealed class Audit(IAuditLog? log, TimeProvider time)
{
    // A flood of refusals must not push the changes out of the file: beyond this they are counted.
    private const int RefusalsPerMinute = 60;
    private const int LongestPath = 200;

    private static readonly object Key = new();

    private readonly Lock _gate = new();
    private long _minute;
    private int _refusals;
    private int _unwritten;

    /// <summary>What a route changes, for the line of its request. Never a secret.</summary>
    public static void Note(HttpContext context, object? from, object? to) => context.Items[Key] = (from, to);

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (log is null || !AccessGate.IsChange(context.Request)) return;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiDoc>()?.ChangesNothing == true && context.Response.StatusCode < 400) return;
        var status = context.Response.StatusCode;
        if (Unwritten(status >= 400) is not { } before) return;

        var (from, to) = context.Items.TryGetValue(Key, out var note) ? ((object?, object?))note! : (null, null);
        var user = DashboardUser.Of(context);
        var path = context.Request.Path.ToString();
        log.Write(new(
            time.GetUtcNow().ToUnixTimeMilliseconds(), user?.Name, user is null ? null : AccessGate.NameOf(user.Role),
            AccessGate.AddressOf(context), $"{context.Request.Method} {(path.Length > LongestPath ? path[..LongestPath] : path)}",
            from, to, status, status < 400 ? "done" : "refused", before));
    }

    /// <summary>How many went unwritten before this line; null when this one is not to be written either.</summary>
    private int? Unwritten(bool refused)
    {
        lock (_gate)
        {
            var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (minute != _minute) (_minute, _refusals) = (minute, 0);
            if (refused && ++_refusals > RefusalsPerMinute)
            {
                _unwritten++;
                return null;
            }

            var before = _unwritten;
            _unwritten = 0;
            return before;
        }
    }
}
