<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules>
      <rule label="đường trục chính nội đồng" filter="class = 'field_road'" symbol="0" key="field-road"/>
      <rule label="đường nội thôn, làng" filter="class = 'village_road'" symbol="1" key="village-road"/>
      <rule label="tuyến khác" filter="class NOT IN ('field_road', 'village_road')" symbol="2" key="other"/>
      <rule label="quá hạn" filter="overdue" symbol="3" key="overdue"/>
      <rule label="chưa bắt đầu" filter="status = 'not_started' AND NOT overdue" symbol="4" key="not-started"/>
      <rule label="chuẩn bị" filter="status = 'preparation' AND NOT overdue" symbol="5" key="preparation"/>
      <rule label="đang thực hiện" filter="status = 'in_progress' AND NOT overdue" symbol="6" key="in-progress"/>
      <rule label="hoàn thành" filter="status = 'completed' AND NOT overdue" symbol="7" key="completed"/>
      <rule label="hủy bỏ" filter="status = 'cancelled' AND NOT overdue" symbol="8" key="cancelled"/>
      <rule label="năm nay không có công việc" filter="status IS NULL" symbol="9" key="none"/>
      <rule label="sơ họa, không phải đo đạc (lòng trắng)" filter="position = 'sketch'" symbol="10" key="sketch"/>
    </rules>
    <symbols>
      <symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="51,51,51,255"/>
            <Option name="line_width" type="QString" value="3.1"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="2.4 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END + 0.7"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="2.4"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="2.4 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="51,51,51,255"/>
            <Option name="line_width" type="QString" value="2.2"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="1.5 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END + 0.7"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="1.5"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="1.5 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="51,51,51,255"/>
            <Option name="line_width" type="QString" value="1.9"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="1.2 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END + 0.7"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="1.2"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="1.2 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="230,106,31,255"/>
            <Option name="line_width" type="QString" value="2.7"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="1.35 * CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="212,212,212,255"/>
            <Option name="line_width" type="QString" value="1.4"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="0.7 * CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="127,184,221,255"/>
            <Option name="line_width" type="QString" value="2.0"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="use_custom_dash" type="QString" value="1"/>
            <Option name="customdash" type="QString" value="1.6;1.3"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="31,120,180,255"/>
            <Option name="line_width" type="QString" value="2.0"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="use_custom_dash" type="QString" value="1"/>
            <Option name="customdash" type="QString" value="3.6;1.4"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="0,70,107,255"/>
            <Option name="line_width" type="QString" value="2.0"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="17,17,17,255"/>
            <Option name="line_width" type="QString" value="2.0"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="use_custom_dash" type="QString" value="1"/>
            <Option name="customdash" type="QString" value="0.6;1.4"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="138,138,138,255"/>
            <Option name="line_width" type="QString" value="2.0"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol type="line" name="10" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="51,51,51,255"/>
            <Option name="line_width" type="QString" value="1.15"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="0.45 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END * CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
        <layer class="SimpleLine" enabled="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255"/>
            <Option name="line_width" type="QString" value="0.9"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="outlineWidth" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="0.45 * CASE WHEN overdue THEN 1.35 WHEN status = 'not_started' THEN 0.7 ELSE 1 END * CASE WHEN class = 'field_road' THEN 2.4 WHEN class = 'village_road' THEN 1.5 ELSE 1.2 END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="if(measure = 'km', replace(to_string(round(quantity, 2)), '.', ',') || ' km', '') || CASE WHEN overdue THEN ' !' WHEN status = 'completed' THEN ' ✓' WHEN status = 'cancelled' THEN ' ×' ELSE '' END" isExpression="1" fontFamily="Arial" fontSize="9" fontSizeUnit="Point" fontWeight="75" namedStyle="Bold" textColor="17,17,17,255" textOpacity="1" multilineHeight="1.1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" bufferJoinStyle="128"/>
      </text-style>
      <text-format multilineAlign="1"/>
      <placement placement="6" dist="2.5" distUnits="MM" predefinedPositionOrder="R,L,T,B,TR,BR,TL,BL" priority="8" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" geometryGenerator="line_interpolate_point($geometry, length($geometry) / 2)"/>
      <rendering scaleVisibility="0"/>
    </settings>
  </labeling>
  <aliases>
    <alias field="name" name="tên"/>
    <alias field="unit_code" name="mã xã, thị trấn"/>
    <alias field="unit_name" name="xã, thị trấn"/>
    <alias field="layer" name="nhóm (mã)"/>
    <alias field="layer_vi" name="nhóm"/>
    <alias field="note" name="ghi chú"/>
    <alias field="asset_clause" name="mục của kế hoạch"/>
    <alias field="position" name="cách xác định vị trí (mã)"/>
    <alias field="position_vi" name="cách xác định vị trí"/>
    <alias field="source" name="nguồn vị trí"/>
    <alias field="length_m" name="chiều dài [m]"/>
    <alias field="works" name="số công việc"/>
    <alias field="overdue" name="quá hạn"/>
    <alias field="quantity" name="khối lượng"/>
    <alias field="criterion" name="tiêu chí"/>
    <alias field="status" name="tình trạng (mã)"/>
    <alias field="status_vi" name="tình trạng"/>
    <alias field="measure" name="đơn vị tính"/>
    <alias field="office" name="cơ quan chủ trì"/>
    <alias field="clause" name="mục của kế hoạch (công việc)"/>
    <alias field="work_names" name="công việc"/>
    <alias field="asset_id" name="mã đối tượng"/>
    <alias field="count" name="số lượng"/>
    <alias field="class" name="loại (mã)"/>
    <alias field="class_vi" name="loại"/>
  </aliases>
  <previewExpression>name</previewExpression>
  <mapTip>&lt;b&gt;[% name %]&lt;/b&gt;&lt;br&gt;[% unit_name %] – [% coalesce(status_vi, 'năm nay không có công việc') || if(overdue, ', quá hạn', '') %]&lt;br&gt;&lt;i&gt;[% position_vi %]&lt;/i&gt;</mapTip>
</qgis>
