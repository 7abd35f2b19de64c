using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Chat;

/// <summary>The settings of every chat, kept in the store. Safe from many threads.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="standard">Of a chat that has chosen nothing.</param>
public sealed class ChatSettingsBook(IValueStore store, ChatSettings standard) : IDisposable
{
    /// <summary>Chats that are remembered; those allowed are few, and beyond this none is taken in.</summary>
    public const int ChatsMax = 1_000;

    private const string Name = "chat_settings";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<long, ChatSettings> _chats = [];

    public ChatSettings Of(long chatId)
    {
        lock (_gate) return _chats.GetValueOrDefault(chatId) ?? standard;
    }

    /// <summary>Puts back what was stored.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        if (await store.LoadValueAsync(Name, cancel) is not { } json) return;
        var stored = JsonSerializer.Deserialize<Dictionary<long, ChatSettings>>(json, SignalJson.Options) ?? [];
        lock (_gate) _chats = stored;
    }

    /// <summary>Changes a chat's settings; when it returns, a restart keeps to them.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="ChatsMax"/> chats.</exception>
    public async Task<ChatSettings> ChangeAsync(long chatId, Func<ChatSettings, ChatSettings> change, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var changed = change(Of(chatId));
            Dictionary<long, ChatSettings> next;
            lock (_gate) next = new(_chats) { [chatId] = changed };
            if (next.Count > ChatsMax) throw new InvalidOperationException($"{next.Count} chats have settings; at most {ChatsMax} may");
            await store.SaveValueAsync(Name, JsonSerializer.Serialize(next, SignalJson.Options), cancel);
            lock (_gate) _chats = next;
            return changed;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
