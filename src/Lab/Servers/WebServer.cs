using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Servers;

/// <summary>nginx as every web server of the world: answers each name over HTTP and HTTPS with a small page.</summary>
internal static class WebServer
{
    public static async Task<ChildProcess> StartAsync(string name, string folder, CancellationToken cancellationToken)
    {
        var settings = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(settings, Settings(folder), cancellationToken);
        var server = await ChildProcess.StartAsync(new Command("nginx", "-c", settings, "-e", "stderr") { Namespace = name });

        // nginx binds its ports before it writes this line.
        await server.WaitForLineAsync(line => line.Contains("start worker", StringComparison.Ordinal) || line.Contains("using the", StringComparison.Ordinal), TimeSpan.FromSeconds(10), cancellationToken);
        return server;
    }

    /// <summary>One process in the foreground, so that its end is the server's end.</summary>
    private static string Settings(string folder) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/nginx.pid;
        error_log stderr notice;
        events { worker_connections 512; }
        http {
          access_log off;
          server_tokens off;
          client_body_temp_path {{folder}}/nginx-body;
          proxy_temp_path {{folder}}/nginx-proxy;
          fastcgi_temp_path {{folder}}/nginx-fastcgi;
          uwsgi_temp_path {{folder}}/nginx-uwsgi;
          scgi_temp_path {{folder}}/nginx-scgi;
          server {
            listen 80 default_server;
            listen [::]:80 default_server;
            listen 443 ssl default_server;
            listen [::]:443 ssl default_server;
            ssl_protocols TLSv1.2 TLSv1.3;
            ssl_certificate {{folder}}/{{LabCertificates.ServerFile}};
            ssl_certificate_key {{folder}}/{{LabCertificates.ServerKeyFile}};
            location / {
              default_type text/html;
              return 200 "<!doctype html><title>$host</title><p>$host, as the lab plays it</p>\n";
            }
          }
        }

        """;
}
