using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FuturesBot.Simulator.Telegram;

/// <summary>The chats: messages, updates that wait for the bot, the webhook, the menu of commands.</summary>
internal sealed class TelegramChats(FakeTelegramOptions options, TimeProvider time)
{
    private const int UpdatesMax = 1_000;
    private const int PictureBytesMax = 10 << 20;

    private readonly Dictionary<long, List<FakeMessage>> _chats = [];
    private readonly Dictionary<long, long> _lastIds = [];
    private readonly List<(long Id, JsonObject Update)> _updates = [];
    private readonly List<(long At, long Chat)> _sent = [];
    private readonly List<(string CallbackId, string? Text)> _answered = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // From the clock: a server that starts anew gives no number twice.
    private readonly long _firstId = time.GetUtcNow().ToUnixTimeSeconds();
    private long _updateId = time.GetUtcNow().ToUnixTimeSeconds();
    private long _callbackId = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whoever reads or changes holds it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Grows with every change of a chat.</summary>
    public long Version { get; private set; }

    public string WebhookUrl { get; private set; } = "";

    public string WebhookSecret { get; private set; } = "";

    public IReadOnlyList<(string Command, string Description)> Commands { get; private set; } = [];

    public IReadOnlyList<(string CallbackId, string? Text)> Answered => _answered;

    /// <summary>Ends when the next update comes.</summary>
    public Task News => _news.Task;

    public IReadOnlyList<FakeMessage> Of(long? chatId) =>
        [.. _chats.Where(chat => chatId is null || chat.Key == chatId).SelectMany(chat => chat.Value).OrderBy(m => m.AtMs).ThenBy(m => m.Id)];

    public FakeMessage? Find(long chatId, long messageId) => _chats.GetValueOrDefault(chatId)?.Find(message => message.Id == messageId);

    public bool Delete(long chatId, long messageId) => _chats.GetValueOrDefault(chatId)?.RemoveAll(message => message.Id == messageId) > 0;

    public TelegramReply SendMessage(TelegramCall call) => Send(call, call["text"], most: 4_096, picture: null, album: null);

    public TelegramReply SendPhoto(TelegramCall call)
    {
        if (call.File("photo") is not { } png) return TelegramReply.Bad("there is no photo in the request");
        return PictureFault(png) is { } fault
            ? TelegramReply.Bad(fault)
            : Send(call, call["caption"] ?? "", most: 1_024, png, album: null);
    }

    public TelegramReply SendMediaGroup(TelegramCall call)
    {
        if (call.Json("media") is not JsonArray { Count: >= 2 and <= 10 } media) return TelegramReply.Bad("group send failed");
        var pictures = new List<(byte[] Png, string Caption)>();
        foreach (var one in media)
        {
            if (Attached(call, one) is not { } png) return TelegramReply.Bad("wrong file identifier/HTTP URL specified");
            if (PictureFault(png) is { } fault) return TelegramReply.Bad(fault);
            pictures.Add((png, (string?)one?["caption"] ?? ""));
        }

        var album = string.Create(CultureInfo.InvariantCulture, $"{NowMs}{_updateId}");
        var sent = new JsonArray();
        foreach (var (png, caption) in pictures)
        {
            var reply = Send(call, caption, most: 1_024, png, album, parseMode: "HTML");
            if (reply.Status != 200) return reply;
            sent.Add(reply.Result);
        }

        return TelegramReply.Ok(sent);
    }

    public TelegramReply EditText(TelegramCall call) => Edit(call, call["text"], call["parse_mode"], most: 4_096, isCaption: false, picture: null);

    public TelegramReply EditCaption(TelegramCall call) =>
        Edit(call, call["caption"] ?? "", call["parse_mode"], most: 1_024, isCaption: true, picture: null);

    public TelegramReply EditMedia(TelegramCall call)
    {
        var media = call.Json("media");
        if (Attached(call, media) is not { } png) return TelegramReply.Bad("wrong file identifier/HTTP URL specified");
        if (PictureFault(png) is { } fault) return TelegramReply.Bad(fault);
        return Edit(call, (string?)media?["caption"] ?? "", (string?)media?["parse_mode"], most: 1_024, isCaption: true, png);
    }

    public TelegramReply AnswerPress(TelegramCall call)
    {
        if (call["callback_query_id"] is not { Length: > 0 } id) return TelegramReply.Bad("query is too old and response timeout expired or query ID is invalid");
        if (call["text"]?.Length > 200) return TelegramReply.Bad("MESSAGE_TOO_LONG");
        _answered.Add((id, call["text"]));
        if (_answered.Count > UpdatesMax) _answered.RemoveAt(0);
        return TelegramReply.Ok(true);
    }

    public TelegramReply SetCommands(TelegramCall call)
    {
        if (call.Json("commands") is not JsonArray { Count: <= 100 } commands) return TelegramReply.Bad("BOT_COMMANDS_INVALID");
        var read = new List<(string, string)>();
        foreach (var one in commands)
        {
            var (name, meaning) = ((string?)one?["command"] ?? "", (string?)one?["description"] ?? "");
            if (name.Length is 0 or > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
                return TelegramReply.Bad("BOT_COMMAND_INVALID");
            if (meaning.Length is 0 or > 256) return TelegramReply.Bad("BOT_COMMAND_DESCRIPTION_INVALID");
            read.Add((name, meaning));
        }

        Commands = read;
        return TelegramReply.Ok(true);
    }

    public TelegramReply SetWebhook(TelegramCall call)
    {
        var url = call["url"] ?? "";
        if (url.Length > 0 && !url.StartsWith("http", StringComparison.Ordinal)) return TelegramReply.Bad("bad webhook: An HTTPS URL must be provided for webhook");
        (WebhookUrl, WebhookSecret) = (url, url.Length > 0 ? call["secret_token"] ?? "" : "");
        if (call.Flag("drop_pending_updates")) _updates.Clear();
        Told();
        return TelegramReply.Ok(true);
    }

    public TelegramReply WebhookInfo() => TelegramReply.Ok(new JsonObject
    {
        ["url"] = WebhookUrl,
        ["has_custom_certificate"] = false,
        ["pending_update_count"] = _updates.Count,
        ["max_connections"] = 40,
    });

    /// <summary>Updates from a number on; those before it are forgotten.</summary>
    public JsonArray Take(long offset, long limit)
    {
        _updates.RemoveAll(update => update.Id < offset);
        return [.. _updates.Take((int)Math.Clamp(limit, 1, 100)).Select(update => (JsonNode)update.Update.DeepClone())];
    }

    /// <summary>A person writes.</summary>
    public FakeMessage Say(long chatId, long userId, string text, long? atMs)
    {
        var message = Keep(new() { Id = NextId(chatId), ChatId = chatId, AtMs = atMs ?? NowMs, Text = text, IsFromUser = true });
        Update("message", MessageJson(message, userId));
        return message;
    }

    /// <summary>A person presses a button; false when there is no such button.</summary>
    public bool Press(long chatId, long userId, long messageId, string data)
    {
        if (Find(chatId, messageId) is not { } message || !message.Buttons.Any(row => row.Any(button => button.Data == data))) return false;
        Update("callback_query", new()
        {
            ["id"] = (++_callbackId).ToString(CultureInfo.InvariantCulture),
            ["from"] = User(userId),
            ["message"] = MessageJson(message, userId: null),
            ["chat_instance"] = "1",
            ["data"] = data,
        });
        return true;
    }

    private TelegramReply Send(TelegramCall call, string? text, int most, byte[]? picture, string? album, string? parseMode = null)
    {
        if (call.Number("chat_id") is not { } chat) return TelegramReply.Bad("chat_id is empty");
        if (text is null || (text.Length == 0 && picture is null)) return TelegramReply.Bad("message text is empty");
        parseMode ??= call["parse_mode"];
        if (TextFault(text, parseMode, most, picture is not null) is { } fault) return TelegramReply.Bad(fault);
        if (!TryKeyboard(call.Json("reply_markup"), out var buttons)) return TelegramReply.Bad("BUTTON_DATA_INVALID");
        if (TooFast(chat) is { } seconds) return TelegramReply.TooMany(seconds);
        var reply = (long?)call.Json("reply_parameters")?["message_id"];
        if (reply is { } to && Find(chat, to) is null)
        {
            if ((bool?)call.Json("reply_parameters")?["allow_sending_without_reply"] != true) return TelegramReply.Bad("message to be replied not found");
            reply = null;
        }

        var message = Keep(new()
        {
            Id = NextId(chat),
            ChatId = chat,
            AtMs = NowMs,
            Text = text,
            IsHtml = parseMode == "HTML",
            Picture = picture,
            Buttons = buttons,
            ReplyTo = reply,
            IsSilent = call.Flag("disable_notification"),
            Album = album,
        });
        return TelegramReply.Ok(MessageJson(message, userId: null));
    }

    private TelegramReply Edit(TelegramCall call, string? text, string? parseMode, int most, bool isCaption, byte[]? picture)
    {
        if (call.Number("chat_id") is not { } chat || call.Number("message_id") is not { } id || Find(chat, id) is not { IsFromUser: false } message)
            return TelegramReply.Bad("message to edit not found");
        if (!isCaption && message.Picture is not null) return TelegramReply.Bad("there is no text in the message to edit");
        if (isCaption && picture is null && message.Picture is null) return TelegramReply.Bad("there is no caption in the message to edit");
        if (!isCaption && string.IsNullOrEmpty(text)) return TelegramReply.Bad("message text is empty");
        if (TextFault(text ?? "", parseMode, most, isCaption) is { } fault) return TelegramReply.Bad(fault);
        if (!TryKeyboard(call.Json("reply_markup"), out var buttons)) return TelegramReply.Bad("BUTTON_DATA_INVALID");
        var edited = message with
        {
            Text = text ?? "",
            IsHtml = parseMode == "HTML",
            Picture = picture ?? message.Picture,
            Buttons = buttons,
            Edits = message.Edits + 1,
        };
        if (Same(message, edited))
        {
            return TelegramReply.Bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        }

        var messages = _chats[chat];
        messages[messages.IndexOf(message)] = edited;
        Version++;
        return TelegramReply.Ok(MessageJson(edited, userId: null));
    }

    private static bool Same(FakeMessage a, FakeMessage b) =>
        a.Text == b.Text && a.IsHtml == b.IsHtml && ReferenceEquals(a.Picture, b.Picture)
        && a.Buttons.SelectMany(row => row).SequenceEqual(b.Buttons.SelectMany(row => row));

    private static string? TextFault(string text, string? parseMode, int most, bool isCaption)
    {
        var shown = text;
        if (parseMode == "HTML" && !TelegramHtml.TryRead(text, out shown)) return shown;
        if (parseMode is not (null or "HTML")) return "unsupported parse_mode";
        if (shown.Length > most) return isCaption ? "message caption is too long" : "message is too long";
        return shown.Trim().Length == 0 && !isCaption ? "message text is empty" : null;
    }

    private static string? PictureFault(byte[] png)
    {
        if (png.Length > PictureBytesMax) return "file is too big";
        ReadOnlySpan<byte> head = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        return png.Length > 32 && png.AsSpan(0, 8).SequenceEqual(head) ? null : "IMAGE_PROCESS_FAILED";
    }

    private static byte[]? Attached(TelegramCall call, JsonNode? media) =>
        (string?)media?["media"] is { } name && name.StartsWith("attach://", StringComparison.Ordinal) ? call.File(name["attach://".Length..]) : null;

    private static bool TryKeyboard(JsonNode? markup, out IReadOnlyList<IReadOnlyList<FakeButton>> buttons)
    {
        buttons = [];
        if (markup?["inline_keyboard"] is not JsonArray rows) return true;
        var read = new List<IReadOnlyList<FakeButton>>();
        foreach (var row in rows)
        {
            var line = new List<FakeButton>();
            foreach (var one in row as JsonArray ?? [])
            {
                var (text, data) = ((string?)one?["text"] ?? "", (string?)one?["callback_data"] ?? "");
                if (text.Length == 0 || Encoding.UTF8.GetByteCount(data) is 0 or > 64) return false;
                line.Add(new(text, data));
            }

            read.Add(line);
        }

        buttons = read;
        return true;
    }

    private int? TooFast(long chat)
    {
        var now = time.GetTimestamp();
        _sent.RemoveAll(sent => time.GetElapsedTime(sent.At, now) >= TimeSpan.FromMinutes(1));
        if (options.EnforcesRates)
        {
            if (_sent.Count(sent => time.GetElapsedTime(sent.At, now) < TimeSpan.FromSeconds(1)) >= 30) return 1;
            if (chat < 0 && _sent.Count(sent => sent.Chat == chat) >= 20)
                return 60 - (int)time.GetElapsedTime(_sent.Find(sent => sent.Chat == chat).At, now).TotalSeconds;
        }

        _sent.Add((now, chat));
        return null;
    }

    private FakeMessage Keep(FakeMessage message)
    {
        if (!_chats.TryGetValue(message.ChatId, out var messages)) _chats[message.ChatId] = messages = [];
        messages.Add(message);
        if (messages.Count > options.MessagesKept) messages.RemoveAt(0);
        Version++;
        return message;
    }

    private long NextId(long chat) => _lastIds[chat] = _lastIds.GetValueOrDefault(chat, _firstId) + 1;

    private void Update(string kind, JsonObject what)
    {
        var id = ++_updateId;
        _updates.Add((id, new() { ["update_id"] = id, [kind] = what }));
        if (_updates.Count > UpdatesMax) _updates.RemoveAt(0);
        Told();
    }

    private void Told()
    {
        _news.TrySetResult();
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static JsonObject MessageJson(FakeMessage message, long? userId)
    {
        var json = new JsonObject
        {
            ["message_id"] = message.Id,
            ["from"] = userId is { } user ? User(user) : new JsonObject { ["id"] = 1000001, ["is_bot"] = true, ["first_name"] = "FuturesBot", ["username"] = "futures_bot" },
            ["chat"] = new JsonObject { ["id"] = message.ChatId, ["type"] = message.ChatId < 0 ? "group" : "private" },
            ["date"] = message.AtMs / 1_000,
        };
        if (message.Picture is null) json["text"] = message.Text;
        else json["caption"] = message.Text;
        if (message.Picture is { } png)
            json["photo"] = new JsonArray(new JsonObject { ["file_id"] = $"photo{message.Id}", ["file_size"] = png.Length, ["width"] = 1, ["height"] = 1 });
        if (message.ReplyTo is { } to) json["reply_to_message"] = new JsonObject { ["message_id"] = to };
        return json;
    }

    private static JsonObject User(long id) => new() { ["id"] = id, ["is_bot"] = false, ["first_name"] = "User", ["language_code"] = "ru" };

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
