using System.Text.Json;

namespace FuturesBot.Dashboard.Tests;

public sealed class ChatApiTests
{
    [Fact]
    public async Task Text_WrittenIntoTheChat_IsAnsweredThere()
    {
        await using var server = await PageServer.Start();
        var visitor = await Visitor.At(server);
        var before = await server.Json("/api/chat");

        var (status, _) = await visitor.Send(HttpMethod.Post, "/api/chat", new { text = "/why <b>SOLUSDT</b>" });

        Assert.Equal(204, status);
        var chat = await server.Json("/api/chat");
        Assert.True(chat.GetProperty("version").GetInt64() > before.GetProperty("version").GetInt64());
        var asked = chat.GetProperty("messages").EnumerateArray().Single(message => message.GetProperty("from_user").GetBoolean());
        Assert.Equal("/why &lt;b&gt;SOLUSDT&lt;/b&gt;", asked.GetProperty("html").GetString());
        Assert.Equal(asked.GetProperty("id").GetInt64(), Newest(chat).GetProperty("reply_to").GetInt64());
    }

    [Fact]
    public async Task Button_Pressed_ChangesItsMessage()
    {
        await using var server = await PageServer.Start();
        var visitor = await Visitor.At(server);
        await visitor.Send(HttpMethod.Post, "/api/chat", new { text = "/pause" });
        var asks = Newest(await server.Json("/api/chat"));
        var (id, data) = (asks.GetProperty("id").GetInt64(), asks.GetProperty("buttons")[0][0].GetProperty("data").GetString());

        var (status, _) = await visitor.Send(HttpMethod.Post, "/api/chat", new { message = id, data });
        var (again, _) = await visitor.Send(HttpMethod.Post, "/api/chat", new { message = id, data });

        Assert.Equal(204, status);
        Assert.Equal(404, again);   // the button is gone
        Assert.Equal(1, Newest(await server.Json("/api/chat")).GetProperty("edits").GetInt32());
    }

    [Theory]
    [InlineData("""{"text":"  "}""", "1 to 4096")]
    [InlineData("""{"text":"x","message":1,"data":"y"}""", "Either text")]
    [InlineData("""{}""", "Either text")]
    public async Task Post_OfWhatNobodyCanSay_IsRefusedWithWhatIsAllowed(string body, string allowed)
    {
        await using var server = await PageServer.Start();
        var visitor = await Visitor.At(server);

        var (status, problem) = await visitor.Send(HttpMethod.Post, "/api/chat", JsonDocument.Parse(body).RootElement);

        Assert.Equal(400, status);
        Assert.Contains(allowed, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutTheSessionsToken_IsForbidden()
    {
        await using var server = await PageServer.Start();

        var (status, _) = await new Visitor(server).Send(HttpMethod.Post, "/api/chat", new { text = "/help" });

        Assert.Equal(403, status);
    }

    [Fact]
    public async Task Picture_OfASignal_IsAPngAndOfOthersMissing()
    {
        await using var server = await PageServer.Start();

        var picture = await server.Client.GetAsync(new Uri("/api/chat/pictures/1", UriKind.Relative));
        var (status, _) = await server.Problem("/api/chat/pictures/2");

        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await picture.Content.ReadAsByteArrayAsync())[..4]);
        Assert.Equal(404, status);
    }

    [Theory]
    [InlineData("/api/chat")]
    [InlineData("/api/chat/pictures/1")]
    public async Task Get_WhereTheChatIsARealOne_SaysSo(string path)
    {
        await using var server = await PageServer.Start(more: all => all with { Chat = null });

        var (status, problem) = await server.Problem(path);

        Assert.Equal(501, status);
        Assert.Contains("real Telegram", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfAPage_SaysThatTheChatChanged()
    {
        await using var server = await PageServer.Start();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var stream = await server.Client.GetStreamAsync(new Uri("/api/events?timeframe=1d", UriKind.Relative), limit.Token);
        using var reader = new StreamReader(stream);
        var visitor = await Visitor.At(server);
        var version = (await server.Json("/api/chat")).GetProperty("version").GetInt64();

        await visitor.Send(HttpMethod.Post, "/api/chat", new { text = "/help" });

        var newest = version;
        while (newest <= version)
        {
            var line = await reader.ReadLineAsync(limit.Token);
            Assert.NotNull(line);
            if (line != "event: chat") continue;
            var data = await reader.ReadLineAsync(limit.Token);
            newest = JsonDocument.Parse(data!["data: ".Length..]).RootElement.GetProperty("version").GetInt64();
        }

        Assert.True(newest > version);
    }

    private static JsonElement Newest(JsonElement chat) => chat.GetProperty("messages").EnumerateArray().Last();
}
