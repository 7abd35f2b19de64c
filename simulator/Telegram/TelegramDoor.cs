using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Telegram;

/// <summary>Where calls of the Bot API come in.</summary>
internal sealed class TelegramDoor(TelegramChats chats, TelegramFaults faults, FakeTelegramOptions options, TimeProvider time)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Func<TelegramCall, TelegramReply>> _methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["getMe"] = _ => TelegramReply.Ok(new JsonObject
        {
            ["id"] = 1000001,
            ["is_bot"] = true,
            ["first_name"] = "FuturesBot",
            ["username"] = "futures_bot",
            ["can_join_groups"] = true,
        }),
        ["sendMessage"] = chats.SendMessage,
        ["sendPhoto"] = chats.SendPhoto,
        ["sendMediaGroup"] = chats.SendMediaGroup,
        ["editMessageText"] = chats.EditText,
        ["editMessageCaption"] = chats.EditCaption,
        ["editMessageMedia"] = chats.EditMedia,
        ["answerCallbackQuery"] = chats.AnswerPress,
        ["setMyCommands"] = chats.SetCommands,
        ["setWebhook"] = chats.SetWebhook,
        ["getWebhookInfo"] = _ => chats.WebhookInfo(),
    };

    /// <summary>Calls by method since the start.</summary>
    public Dictionary<string, int> Calls { get; } = new(StringComparer.OrdinalIgnoreCase);

    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (await AnswerAsync(http) is { } reply) await WriteAsync(http, reply);
            else http.Abort();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: there is nobody to answer.
        }
    }

    private async Task<TelegramReply?> AnswerAsync(HttpContext http)
    {
        var parts = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var bot, var method] || !bot.StartsWith("bot", StringComparison.Ordinal)) return new(404, null, "Not Found");
        if (bot["bot".Length..] != options.Token) return new(401, null, "Unauthorized");
        if (await ReadAsync(http) is not { } call) return TelegramReply.Bad("can't parse the request");
        lock (chats.Gate) Calls[method] = Calls.GetValueOrDefault(method) + 1;
        var struck = faults.Of(method);
        switch (struck?.Fault)
        {
            case TelegramFault.TooManyRequests: return TelegramReply.TooMany(struck.Value.RetryAfterSeconds);
            case TelegramFault.ServerError: return new(500, null, "Internal Server Error");
            case TelegramFault.BadGateway: return new(502, null);
            case TelegramFault.CutBefore: return null;
            case TelegramFault.SilentBefore: return await SilentAsync(http);
            case TelegramFault.Blocked: return new(403, null, "Forbidden: bot was blocked by the user");
            case TelegramFault.HtmlRejected when call["parse_mode"] is not null || call["media"]?.Contains("parse_mode", StringComparison.Ordinal) == true:
                return TelegramReply.Bad("can't parse entities: Unsupported start tag \"x\" at byte offset 0");
            case TelegramFault.PictureRejected when method.Contains("photo", StringComparison.OrdinalIgnoreCase):
                return TelegramReply.Bad("PHOTO_INVALID_DIMENSIONS");
            default: break;
        }

        var reply = await CarryOutAsync(method, call, http.RequestAborted);
        return struck?.Fault switch
        {
            TelegramFault.CutAfter => null,
            TelegramFault.SilentAfter => await SilentAsync(http),
            _ => reply,
        };
    }

    private async Task<TelegramReply> CarryOutAsync(string method, TelegramCall call, CancellationToken cancel)
    {
        if (method.Equals("getUpdates", StringComparison.OrdinalIgnoreCase)) return await UpdatesAsync(call, cancel);
        lock (chats.Gate)
        {
            if (method.Equals("deleteWebhook", StringComparison.OrdinalIgnoreCase)) return chats.SetWebhook(call);
            return _methods.TryGetValue(method, out var carryOut) ? carryOut(call) : new(404, null, "Not Found: method not found");
        }
    }

    private async Task<TelegramReply> UpdatesAsync(TelegramCall call, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var wait = TimeSpan.FromSeconds(Math.Clamp(call.Number("timeout") ?? 0, 0, 50));
        while (true)
        {
            Task news;
            lock (chats.Gate)
            {
                if (chats.WebhookUrl.Length > 0)
                    return new(409, null, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
                var updates = chats.Take(call.Number("offset") ?? 0, call.Number("limit") ?? 100);
                if (updates.Count > 0 || time.GetElapsedTime(started) >= wait) return TelegramReply.Ok(updates);
                news = chats.News;
            }

            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await Task.WhenAny(news, Task.Delay(wait - time.GetElapsedTime(started), time, ends.Token));
            await ends.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<TelegramReply?> SilentAsync(HttpContext http)
    {
        await Task.Delay(SilenceMax, time, http.RequestAborted);
        return null;
    }

    private static async Task<TelegramCall?> ReadAsync(HttpContext http)
    {
        try
        {
            return await TelegramCall.ReadAsync(http.Request, http.RequestAborted);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(HttpContext http, TelegramReply reply)
    {
        http.Response.StatusCode = reply.Status;
        if (reply.Status == 502)
        {
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head></html>", http.RequestAborted);
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(reply.ToJson(), http.RequestAborted);
    }
}
