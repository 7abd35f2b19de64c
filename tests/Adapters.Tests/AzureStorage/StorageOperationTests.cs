using FuturesBot.Adapters.AzureStorage;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

public sealed class StorageOperationTests
{
    [Theory]
    [InlineData(StorageService.Tables, "GET", "/a/t(PartitionKey='p',RowKey='r')", "", "read")]
    [InlineData(StorageService.Tables, "GET", "/a/t()", "?$filter=x", "query")]
    [InlineData(StorageService.Tables, "POST", "/a/$batch", "", "transaction")]
    [InlineData(StorageService.Tables, "POST", "/a/Tables", "", "create")]
    [InlineData(StorageService.Tables, "MERGE", "/a/t(PartitionKey='p',RowKey='r')", "", "write")]
    [InlineData(StorageService.Tables, "DELETE", "/a/t(PartitionKey='p',RowKey='r')", "", "delete")]
    [InlineData(StorageService.Queues, "POST", "/a/q/messages", "", "send")]
    [InlineData(StorageService.Queues, "GET", "/a/q/messages", "?numofmessages=32", "receive")]
    [InlineData(StorageService.Queues, "GET", "/a/q/messages", "?peekonly=true", "peek")]
    [InlineData(StorageService.Queues, "DELETE", "/a/q/messages/1", "?popreceipt=x", "delete")]
    [InlineData(StorageService.Queues, "GET", "/a/q", "?comp=metadata", "read")]
    [InlineData(StorageService.Blobs, "PUT", "/a/c/b", "", "write")]
    [InlineData(StorageService.Blobs, "PUT", "/a/c/b", "?comp=appendblock", "append")]
    [InlineData(StorageService.Blobs, "PUT", "/a/c/b", "?comp=lease", "lease")]
    [InlineData(StorageService.Blobs, "GET", "/a/c", "?restype=container&comp=list", "list")]
    [InlineData(StorageService.Blobs, "PUT", "/a/c", "?restype=container", "create")]
    [InlineData(StorageService.Blobs, "HEAD", "/a/c/b", "", "read")]
    public void Of_Request_IsTheKindThatIsBilled(StorageService service, string method, string path, string query, string kind) =>
        Assert.Equal(kind, StorageOperation.Of(service, method, path, query));
}
