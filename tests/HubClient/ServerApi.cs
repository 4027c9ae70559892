using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;

namespace CoPilot.HubClient;

/// <summary>The HTTP half of the wire. A refused call throws <see cref="HubRefusalException"/> with the code of the problem details. Thread-safe.</summary>
public sealed class ServerApi(HttpClient http)
{
    public Task<CustomerTokenResult> CreateCustomerAsync(CustomerTokenRequest request, string? bearer = null) =>
        SendAsync(HttpMethod.Post, "api/customers", bearer, JsonContent.Create(request, WireJson.Default.CustomerTokenRequest), WireJson.Default.CustomerTokenResult);

    public Task<SignInResult> SignInAsync(SignInRequest request) =>
        SendAsync(HttpMethod.Post, "api/agents/sign-in", null, JsonContent.Create(request, WireJson.Default.SignInRequest), WireJson.Default.SignInResult);

    public Task<SignInResult> RenewAsync(string bearer) =>
        SendAsync(HttpMethod.Post, "api/agents/renew", bearer, null, WireJson.Default.SignInResult);

    public async Task SignOutAsync(string bearer)
    {
        using var response = await SendAsync(HttpMethod.Post, "api/agents/sign-out", bearer, null);
    }

    public Task<AgentProfileResult> GetProfileAsync(string bearer) =>
        SendAsync(HttpMethod.Get, "api/agents/me", bearer, null, WireJson.Default.AgentProfileResult);

    public Task<ContactOptionsResult> GetContactOptionsAsync(string site, string topic) => SendAsync(
        HttpMethod.Get,
        $"api/contact-options?site={Uri.EscapeDataString(site)}&topic={Uri.EscapeDataString(topic)}",
        null,
        null,
        WireJson.Default.ContactOptionsResult);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? bearer, HttpContent? content, JsonTypeInfo<T> type)
    {
        using var response = await SendAsync(method, path, bearer, content);
        return await response.Content.ReadFromJsonAsync(type) ?? throw new InvalidOperationException($"{path} answered nothing.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? bearer, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalOfAsync(response, path);
        }
    }

    private static async Task<Exception> RefusalOfAsync(HttpResponseMessage response, string path)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json"
            || await response.Content.ReadFromJsonAsync(WireJson.Default.Problem) is not { } problem)
        {
            return new HttpRequestException($"{path} answered {(int)response.StatusCode} without problem details.", null, response.StatusCode);
        }

        return new HubRefusalException(problem.Code, problem.Detail ?? problem.Title, response.Headers.RetryAfter?.Delta);
    }
}
