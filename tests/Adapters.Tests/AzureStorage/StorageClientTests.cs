using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Adapters.AzureStorage.Tables;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The client against Azurite: every call once, and what is refused.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class StorageClientTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Table_Row_ComesBackWithItsTypes()
    {
        var table = await TableAsync();
        var row = new TableRow("p'1", "k").With("text", "äß'\"<&>").With("int", 7).With("long", long.MaxValue).With("double", 0.1 + 0.2)
            .With("nan", double.NaN).With("whole", 3.0).With("flag", true).With("bytes", [0, 255, 7]);

        Assert.Equal(TableOutcome.Done, await table.ApplyAsync(TableAction.Insert(row)));
        var back = (await table.GetAsync("p'1", "k"))!;

        Assert.Equal(row.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal), back.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(row.ETag, back.ETag);
        Assert.Equal(TableOutcome.Exists, await table.ApplyAsync(TableAction.Insert(row)));
        Assert.Null(await table.GetAsync("p'1", "other"));
    }

    [Fact]
    public async Task Container_MadeAgain_IsOnlyLookedAt()
    {
        var account = azurite.Account;
        var container = account.Container(azurite.FreshName());
        await container.CreateAsync();
        var made = account.Operations.Read();

        await container.CreateAsync();

        Assert.Equal(1, made[(StorageService.Blobs, "create")]);
        Assert.Equal(1, account.Operations.Read()[(StorageService.Blobs, "create")]);
        Assert.Equal(2, account.Operations.Read()[(StorageService.Blobs, "read")]);
    }

    [Fact]
    public async Task Table_Update_NeedsTheVersionThatWasRead()
    {
        var table = await TableAsync();
        var row = new TableRow("p", "k").With("n", 1);
        await table.ApplyAsync(TableAction.Insert(row));
        var old = new TableRow("p", "k") { ETag = row.ETag }.With("n", 2);
        await table.ApplyAsync(TableAction.Update(row.With("n", 3)));

        Assert.Equal(TableOutcome.Changed, await table.ApplyAsync(TableAction.Update(old)));
        Assert.Equal(TableOutcome.Done, await table.ApplyAsync(TableAction.Merge(new TableRow("p", "k").With("more", "x"))));

        var now = (await table.GetAsync("p", "k"))!;
        Assert.Equal((3, "x"), (now.Int("n"), now.Text("more")));
        Assert.Equal(TableOutcome.Done, await table.ApplyAsync(TableAction.Delete("p", "k")));
        Assert.Equal(TableOutcome.Missing, await table.ApplyAsync(TableAction.Delete("p", "k")));
    }

    [Fact]
    public async Task Table_QueryOfAPrefix_HasTheKeysThatBeginSoAndNoOther()
    {
        var table = await TableAsync();
        string[] keys = ["a", "a|", "a|1", "a|}", "a|я", "a}", "b|1"];
        await table.TransactAsync([.. keys.Select(key => TableAction.Insert(new("p", key)))]);
        await table.ApplyAsync(TableAction.Insert(new("q", "a|2")));

        async Task<string[]> KeysAsync(string prefix) => await table.QueryAsync(TableFilter.Prefix("p", prefix)).Select(row => row.Key).ToArrayAsync();

        Assert.Equal(["a|", "a|1", "a|}", "a|я"], await KeysAsync("a|"));
        Assert.Equal(keys.Length, (await KeysAsync("")).Length);
        Assert.DoesNotContain('\uffff', TableFilter.Prefix("p", "a|"));
    }

    [Fact]
    public async Task Send_AsAnIdentityInAzure_BearsItsTokenToEachServiceAndTriesAgain()
    {
        var credential = new NotedCredential();
        using var azure = new BusyAzure();
        var account = new StorageAccount(
            StorageEndpoints.InAzure("futuresacct"), StorageCredential.FromToken(credential), new() { Transport = new HttpClientTransport(azure), Retry = { Delay = TimeSpan.FromMilliseconds(1) } });

        await account.Table("t").ApplyAsync(TableAction.Delete("p", "k"));
        await account.Container("c").DeleteAsync("b");
        await account.Queue("q").DropAsync();

        Assert.All(credential.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
        Assert.Equal(
            [
                "DELETE https://futuresacct.table.core.windows.net/t(PartitionKey='p',RowKey='k')", "DELETE https://futuresacct.blob.core.windows.net/c/b",
                "DELETE https://futuresacct.queue.core.windows.net/q",
            ],
            azure.Asked.Select(asked => asked.What).Distinct());
        Assert.Equal(6, azure.Asked.Count);   // each once in vain
        Assert.All(azure.Asked, asked => Assert.Equal(("Bearer a-token", StorageClientOptions.ServiceVersion), (asked.Right, asked.Version)));
    }

    [Fact]
    public async Task Table_Transaction_IsAllOrNothing()
    {
        var table = await TableAsync();
        TableAction[] hundred = [.. Enumerable.Range(0, 100).Select(i => TableAction.Insert(new TableRow("p", $"{i:D3}").With("i", i)))];

        Assert.Equal(TableOutcome.Done, await table.TransactAsync(hundred));
        Assert.Equal(
            TableOutcome.Exists,
            await table.TransactAsync([TableAction.Upsert(new TableRow("p", "new").With("i", 1)), TableAction.Insert(new TableRow("p", "005").With("i", 1))]));

        Assert.Null(await table.GetAsync("p", "new"));
        Assert.Equal((await table.GetAsync("p", "042"))!.ETag, hundred[42].Row.ETag);
        await Assert.ThrowsAsync<ArgumentException>(() => table.TransactAsync([.. hundred, TableAction.Delete("p", "x")]));
        await Assert.ThrowsAsync<ArgumentException>(() => table.TransactAsync([hundred[0], TableAction.Delete("q", "x")]));
        await Assert.ThrowsAsync<ArgumentException>(() => table.TransactAsync([hundred[0], hundred[0]]));
    }

    [Fact]
    public async Task Table_Query_GoesOnOverPages()
    {
        var table = await TableAsync();
        await table.TransactAsync([.. Enumerable.Range(0, 30).Select(i => TableAction.Insert(new TableRow("p", $"{i:D3}").With("i", i)))]);
        await table.ApplyAsync(TableAction.Insert(new TableRow("q", "000").With("i", 1)));

        var found = new List<int>();
        await foreach (var row in table.QueryAsync(TableFilter.Range("p", "005", "020"), pageRows: 4)) found.Add(row.Int("i"));

        Assert.Equal(Enumerable.Range(5, 15), found);
    }

    [Fact]
    public async Task Blob_WrittenReadListedAndDeleted()
    {
        const int block = 1 << 20;
        var container = azurite.Account.Container((await ContainerAsync()).Name, block);
        byte[] large = [.. Enumerable.Range(0, (2 * block) + 5).Select(i => unchecked((byte)(i * 7)))];

        var (outcome, etag) = await container.PutAsync("a/b c.bin", large);
        Assert.Equal(BlobOutcome.Done, outcome);
        await container.PutAsync("a/d", "tail"u8.ToArray());

        Assert.Equal(large, (await container.GetAsync("a/b c.bin"))!.Bytes.ToArray());
        var part = (await container.GetAsync("a/b c.bin", block - 2, 4))!;
        Assert.Equal(large.AsSpan(block - 2, 4).ToArray(), part.Bytes.ToArray());
        Assert.Equal((large.Length, etag), (part.Length, part.ETag));
        var names = new List<BlobItem>();
        await foreach (var blob in container.ListAsync("a/", pageBlobs: 1)) names.Add(blob);
        Assert.Equal([("a/b c.bin", large.Length, etag), ("a/d", 4, (await container.LengthAsync("a/d"))!.Value.ETag)], names.Select(b => (b.Name, b.Length, (string?)b.ETag)));
        Assert.Equal(BlobOutcome.Changed, (await container.PutAsync("a/d", "x"u8.ToArray(), ifNew: true)).Outcome);
        Assert.Equal(BlobOutcome.Changed, (await container.PutAsync("a/d", "x"u8.ToArray(), ifMatch: etag)).Outcome);
        Assert.True(await container.DeleteAsync("a/d"));
        Assert.False(await container.DeleteAsync("a/d"));
        Assert.Null(await container.GetAsync("a/d"));
    }

    [Fact]
    public async Task Blob_Append_AtAnotherPosition_WritesNothing()
    {
        var container = await ContainerAsync();
        Assert.Equal(BlobOutcome.Done, await container.CreateAppendAsync("log"));
        Assert.Equal(BlobOutcome.Changed, await container.CreateAppendAsync("log"));

        Assert.Equal(BlobOutcome.Done, await container.AppendAsync("log", 0, "one\n"u8.ToArray()));
        Assert.Equal(BlobOutcome.Changed, await container.AppendAsync("log", 0, "one\n"u8.ToArray()));   // a repeat doubles nothing
        Assert.Equal(BlobOutcome.Done, await container.AppendAsync("log", 4, "two\n"u8.ToArray()));
        Assert.Equal(BlobOutcome.Missing, await container.AppendAsync("other", 0, "x"u8.ToArray()));

        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString((await container.GetAsync("log"))!.Bytes.Span));
        Assert.Equal(0, (await container.GetAsync("log", from: 8))!.Bytes.Length);
    }

    [Fact]
    public async Task Blob_Lease_BelongsToOne()
    {
        var container = await ContainerAsync();
        await container.PutAsync("lease", default);

        var ours = await container.AcquireLeaseAsync("lease");
        Assert.NotNull(ours);
        Assert.Null(await container.AcquireLeaseAsync("lease"));
        Assert.Equal(BlobOutcome.Changed, (await container.PutAsync("lease", "theirs"u8.ToArray())).Outcome);
        Assert.Equal(BlobOutcome.Done, (await container.PutAsync("lease", "ours"u8.ToArray(), leaseId: ours)).Outcome);
        Assert.False(await container.ReleaseLeaseAsync("lease", Guid.Empty.ToString()));
        Assert.True(await container.ReleaseLeaseAsync("lease", ours));
        Assert.NotNull(await container.AcquireLeaseAsync("lease"));
    }

    [Fact]
    public async Task Blob_LeaseOfAnother_IsBrokenWithTheVersionThatTheBlobHas()
    {
        var container = await ContainerAsync();
        var (_, before) = await container.PutAsync("lease", default);
        var theirs = await container.AcquireLeaseAsync("lease");
        var (_, now) = await container.PutAsync("lease", default, leaseId: theirs);

        Assert.False(await container.BreakLeaseAsync("lease", before!));
        Assert.Null(await container.AcquireLeaseAsync("lease"));
        Assert.True(await container.BreakLeaseAsync("lease", now!));
        Assert.Equal(BlobOutcome.Changed, (await container.PutAsync("lease", default, leaseId: theirs)).Outcome);
        Assert.NotNull(await container.AcquireLeaseAsync("lease"));
        Assert.False(await container.BreakLeaseAsync("other", now!));
    }

    [Fact]
    public async Task Queue_Message_IsHiddenCountedAndDeletedOnce()
    {
        var queue = azurite.Account.Queue("q" + azurite.FreshName());
        await queue.CreateAsync();
        await queue.CreateAsync();
        var body = new byte[QueueClient.BodyMaxBytes];
        body[^1] = 9;
        await queue.SendAsync(body);

        var first = Assert.Single(await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1)));
        Assert.Empty(await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1)));
        Assert.Equal(body, first.Body.ToArray());
        Assert.Equal(1, first.Deliveries);
        var shown = await queue.HideAsync(first, TimeSpan.Zero);
        Assert.NotNull(shown);
        var second = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1)));
        Assert.Equal(2, second.Deliveries);
        Assert.Equal(1, await queue.CountAsync());
        Assert.False(await queue.DeleteAsync(first));   // an old receipt
        Assert.True(await queue.DeleteAsync(second));
        Assert.Null(await queue.HideAsync(second, TimeSpan.FromSeconds(1)));
        Assert.Equal(0, await queue.CountAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(new byte[QueueClient.BodyMaxBytes + 1]));
    }

    [Fact]
    public async Task Create_RoleOnASingleTableOnly_IsTakenAsThere()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            _ = await stream.ReadAtLeastAsync(new byte[64], 16);
            await stream.WriteAsync(
                "HTTP/1.1 403 Forbidden\r\nx-ms-error-code: AuthorizationPermissionMismatch\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        var at = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/a");
        var account = new StorageAccount(new("a", at, at, at), StorageCredential.FromKey(Convert.ToBase64String("a key of no worth"u8)));

        await account.Queue("x1y").CreateAsync();   // does not throw

        await answering;
    }

    // A wrong key is no missing role: only the latter is taken as "it is there".
    [Fact]
    public async Task Create_WrongKey_Fails()
    {
        _ = azurite.Account;
        var account = new StorageAccount(azurite.Endpoints, StorageCredential.FromKey(Convert.ToBase64String("another key of no worth"u8)));

        Assert.Equal(403, (await Assert.ThrowsAsync<StorageException>(() => account.Table("x1y").CreateAsync())).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<StorageException>(() => account.Queue("x1y").CreateAsync())).Status);
    }

    [Fact]
    public async Task Send_WrongKey_SaysStatusAndCodeAndNoSecret()
    {
        var key = Convert.ToBase64String("another key of no worth"u8);
        _ = azurite.Account;
        var account = new StorageAccount(azurite.Endpoints, StorageCredential.FromKey(key));

        var fault = await Assert.ThrowsAsync<StorageException>(() => account.Table("x1y").GetAsync("p", "k"));

        Assert.Equal(403, fault.Status);
        Assert.Contains("GET /devstoreaccount1/x1y", fault.Message);
        Assert.DoesNotContain(key, fault.ToString());
    }

    private async Task<TableClient> TableAsync()
    {
        var table = azurite.Account.Table(azurite.FreshName());
        await table.CreateAsync();
        await table.CreateAsync();
        return table;
    }

    private async Task<BlobContainer> ContainerAsync()
    {
        var container = azurite.Account.Container("c" + azurite.FreshName());
        await container.CreateAsync();
        await container.CreateAsync();
        return container;
    }

    private sealed class NotedCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("a-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Answers the first request to each address with "busy", the next with "it is not there".</summary>
    private sealed class BusyAzure : HttpMessageHandler
    {
        public List<(string What, string Right, string Version)> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var what = $"{request.Method} {request.RequestUri}";
            var isFirst = Asked.All(asked => asked.What != what);
            Asked.Add((what, request.Headers.Authorization!.ToString(), request.Headers.GetValues("x-ms-version").Single()));
            var answer = new HttpResponseMessage(isFirst ? System.Net.HttpStatusCode.ServiceUnavailable : System.Net.HttpStatusCode.NotFound) { RequestMessage = request };
            answer.Content = new ByteArrayContent([]);
            return Task.FromResult(answer);
        }
    }
}
