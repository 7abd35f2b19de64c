using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>What the webhook makes of what Telegram brings; over HTTP it is driven with the worker.</summary>
public sealed class WebhookRelayTests
{
    private const string Known = "telegram-knows";
    private const string Press = """
        {"update_id":8,"callback_query":{"id":"4","from":{"id":9,"is_bot":false,"first_name":"A"},"chat_instance":"1","data":"s|1",
        "message":{"message_id":5,"date":1764400000,"chat":{"id":9,"type":"private"}}},"something":"new"}
        """;

    private readonly CommandLog _commands = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, Press, WebhookAnswer.Forbidden)]
    [InlineData("", Press, WebhookAnswer.Forbidden)]
    [InlineData("telegram-knowS", Press, WebhookAnswer.Forbidden)]
    [InlineData(Known + "x", Press, WebhookAnswer.Forbidden)]
    [InlineData(Known, "no json", WebhookAnswer.Malformed)]
    [InlineData(Known, """{"message":{}}""", WebhookAnswer.Malformed)]
    [InlineData(Known, """{"update_id":7,"poll":{"id":"1"}}""", WebhookAnswer.Taken)]   // of a kind that nobody answers: it must not come again
    public async Task Handle_WhatIsNotForTheBot_PutsNothingOnTheQueue(string? secret, string body, WebhookAnswer expected)
    {
        Assert.Equal(expected, await HandleAsync(secret, body));
        Assert.Empty(_commands.Sent);
    }

    [Fact]
    public async Task Handle_UpdateLongerThanAnyIs_IsNotReadToItsEnd() =>
        Assert.Equal(WebhookAnswer.TooLong, await HandleAsync(Known, new string(' ', 1 << 20)));

    [Fact]
    public async Task Handle_QueueThatIsAway_MakesTelegramBringItAgain()
    {
        _commands.Fails = (_, tries) => tries == 1;

        Assert.Equal(WebhookAnswer.Later, await HandleAsync(Known, Press));
        Assert.Equal(WebhookAnswer.Taken, await HandleAsync(Known, Press));

        var (id, command) = Assert.Single(_commands.Sent);
        Assert.Equal("chat-update-8", id);
        var json = ((SidecarCommand.TakeChatUpdate)command).Json;
        Assert.Contains("\"data\":\"s|1\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("something", json, StringComparison.Ordinal);   // what is not read is not carried on
    }

    private async Task<WebhookAnswer> HandleAsync(string? secret, string body)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await new WebhookRelay(Secret.From(Known)!, _commands, new ManualTime(), NullLogger.Instance).HandleAsync(secret, stream, Cancel);
    }
}
