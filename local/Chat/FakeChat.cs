using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Simulator.Telegram;

namespace FuturesBot.Local.Chat;

/// <summary>The chat of a run without a token, on the page.</summary>
internal sealed class FakeChat(FakeTelegram server) : IChatTranscript, IChatStandIn
{
    /// <summary>The one person, and the chat with it: a private chat has its person's number.</summary>
    public const long Person = 1;

    public Uri Address => server.Address;

    public string Token => server.Token;

    long IChatStandIn.Person => Person;

    public IChatTranscript Transcript => this;

    public static async Task<IChatStandIn> OpenAsync(TimeProvider time, CancellationToken cancel) =>
        new FakeChat(await FakeTelegram.StartAsync(new(), time, logs: null, cancel));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public long Version => server.Version;

    public IReadOnlyList<ChatMessageView> Messages(int limit) => [.. server.Messages(Person).TakeLast(limit).Select(ViewOf)];

    public byte[]? Picture(long messageId) => server.Messages(Person).FirstOrDefault(message => message.Id == messageId)?.Picture;

    public IReadOnlyList<ChatCommandView> Commands() => [.. server.Commands.Select(one => new ChatCommandView(one.Command, one.Description))];

    public bool Say(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > HtmlText.TextMax) return false;
        server.Say(Person, Person, text.Trim());
        return true;
    }

    public bool Press(long messageId, string data) => server.Press(Person, Person, messageId, data);

    private static ChatMessageView ViewOf(FakeMessage message) => new(
        message.Id, message.AtMs,
        // Whatever was sent, only known tags go to the page.
        message.IsHtml ? HtmlText.Clean(message.Text) : HtmlText.Escape(message.Text),
        message.Picture is not null, message.Edits, message.IsFromUser, message.ReplyTo, message.IsSilent,
        [.. message.Buttons.Select(row => (IReadOnlyList<ChatButtonView>)[.. row.Select(button => new ChatButtonView(button.Text, button.Data))])]);
}
