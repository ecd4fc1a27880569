Feature: VISS over HTTP

  Background:
    Given the VISS server is running
    And the VISS client is connected via HTTP

  Scenario: a leaf is read at the root of the server
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response

  Scenario Outline: <path> is not there
    When I send a read request with path "<path>"
    Then I should receive an error response
    And I should receive an error response with number 404 and reason "invalid_path"
    And the answer holds
      """
      { "status": 404 }
      """

    Examples:
      | path                   |
      | Vehicle.Nothing        |
      | Some.Unknown.Datapoint |

  Scenario: several paths
    When I search "Vehicle.Cabin.Door" using a path filter "*.*.IsOpen"
    Then I should receive a single value from multiple nodes

  Scenario: history
    When I search "Vehicle.Speed" using a history filter "PT1H"
    Then I should receive multiple values from a single node

  Scenario: metadata
    When I search "Vehicle.Body.Hood" using a static metadata filter "datatype"
    Then I should receive multiple data points
    When I search "Vehicle" using a dynamic metadata filter "server_capabilities"
    Then I should receive a list of server capabilities

  Scenario: setting
    When I send a set request for path "Vehicle.Cabin.Infotainment.HMI.FontSize" with the value LARGE
    Then I should receive a valid set response
    When I send a set request for path "Vehicle.Speed" with the value 5
    Then I should receive a read-only error
